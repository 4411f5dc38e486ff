import { connectThread } from '../base/channel-hosts.ts'
import { serveParquet } from '../formats/parquet-serve.ts'

serveParquet(connectThread().channel)
