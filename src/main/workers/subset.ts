import { connectThread } from '../base/channel-hosts.ts'
import { serveSubsets } from '../features/export/subset-serve.ts'

const { channel, data } = connectThread()
serveSubsets(channel, data)
