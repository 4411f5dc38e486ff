import { contextBridge, webUtils } from 'electron'
import type { ShellBridge } from '../shared/domain/shell-bridge.ts'

// The one thing a page cannot ask over HTTP: where on disk a dropped file lies.
const bridge: ShellBridge<File> = { pathOfFile: (file) => webUtils.getPathForFile(file) }

contextBridge.exposeInMainWorld('realignShell', bridge)
