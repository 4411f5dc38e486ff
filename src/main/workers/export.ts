import { connectThread } from '../base/channel-hosts.ts'
import { serveExports } from '../features/export/write-serve.ts'

serveExports(connectThread().channel)
