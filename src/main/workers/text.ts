import { connectThread } from '../base/channel-hosts.ts'
import { serveText } from '../text/serve.ts'

serveText(connectThread().channel)
