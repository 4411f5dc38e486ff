import { AppError } from '../../../shared/errors.ts'
import { fromPictureAddress } from '../../base/picture-address.ts'
import type { FeatureContext } from '../open-project.ts'
import { os } from '../router.ts'
import type { HostPort } from './host-port.ts'
import { listFolder } from './list-folder.ts'

export function createHostProcedures(features: FeatureContext, host: HostPort) {
  return {
    capabilities: os.host.capabilities.handler(({ context }) => {
      const isOwner = context.asker.kind === 'owner'
      return {
        kind: host.kind,
        isOwner,
        canPickFolder: isOwner && host.pick !== undefined,
        canReveal: isOwner && host.reveal !== undefined,
        canListFolders: isOwner && host.canListFolders,
        platform: process.platform,
      }
    }),
    pick: os.host.pick.handler(async ({ input }) => {
      if (host.pick === undefined) throw unsupported('open a file dialog')
      const path = await host.pick(input)
      return path === null ? null : { path }
    }),
    listFolder: os.host.listFolder.handler(({ input }) => {
      if (!host.canListFolders) throw unsupported('list folders')
      return listFolder(input.path)
    }),
    revealImage: os.host.revealImage.handler(async ({ input }) => {
      if (host.reveal === undefined) throw unsupported('show files in a file manager')
      const picture = await features.openProject().db.read.findPicture({ id: input.imageId })
      if (picture === null || picture.path === null) {
        throw new AppError('IMAGE_FILE_MISSING', 'This image has no file that could be shown.')
      }
      await host.reveal(fromPictureAddress(picture.path).path)
      return { done: true }
    }),
  }
}

function unsupported(what: string): AppError {
  return new AppError('HOST_UNSUPPORTED', `This host cannot ${what}. Type the path instead.`)
}
