import { connectThread } from '../base/channel-hosts.ts'
import { serveDatabase } from '../db/serve.ts'

const { channel, data } = connectThread()
serveDatabase(channel, data)
