import { connectChild } from '../base/channel-hosts.ts'
import { serve } from '../media/serve.ts'

serve(connectChild().channel)
