import { connectChild } from '../base/channel-hosts.ts'
import { readInferenceSettings, serveInference } from '../models/serve.ts'

const { channel, data } = connectChild()
serveInference(channel, { settings: readInferenceSettings(data) })
