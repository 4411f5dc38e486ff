import { connectThread } from '../base/channel-hosts.ts'
import { serveSmallPictures } from '../media/small-pictures-serve.ts'

serveSmallPictures(connectThread().channel)
