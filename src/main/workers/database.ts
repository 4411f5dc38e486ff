import { connectThread } from '../base/channel-hosts.ts'
import { serveDatabase } from '../db/serve.ts'

serveDatabase(connectThread().channel)
