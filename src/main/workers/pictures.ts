import { connectThread } from '../base/channel-hosts.ts'
import { servePictures } from '../models/serve-pictures.ts'

servePictures(connectThread().channel)
