import type { Migration } from './migration.ts'

/** A picture may be part of the file at `path`: a stretch of a tar archive, or a cell of a Parquet file. */
export const picturesInContainers: Migration = {
  version: 70,
  name: 'pictures in containers',
  up(db) {
    db.exec('ALTER TABLE image_location ADD COLUMN part TEXT')
  },
}
