import { deletion, replacement } from '../../../shared/domain/text-fix.ts'
import { findAll, isReported, spanOf } from './matching.ts'
import { BOTH_ROLES, type Finding, type HygieneRule } from './rule.ts'
import type { RuleText } from './rule-text.ts'

const EXTENSION = 'jpe?g|jfif|png|gif|webp|bmp|tiff?|svg|heic|avif|psd|eps|pdf|mp4|cr2|nef|dng'
const ENDING = `(?:\\.(?:${EXTENSION}))?`
const TOKEN_START = '(?<![\\p{L}\\p{N}_.\\-/@#])'
const TOKEN_END = '(?![\\p{L}\\p{N}_])'

/** What cameras, phones and systems call a picture. */
const CAMERA_NAMES = [
  '(?:IMG|DSC|DSCN|DSCF|PXL|MVIMG)[ _-]?E?\\d{3,17}[\\w~-]{0,30}',
  '(?:IMGP|CIMG|HPIM|KIMG|PICT|GOPR|DCIM|PANO|BURST|DJI|SDC|SAM|VID|WP|_MG|_DSC)_?\\d{4,17}[\\w~-]{0,30}',
  'IMG-\\d{8}-WA\\d{4}',
  'P[01]\\d{6}',
  '(?:19|20)\\d{6}_\\d{6}\\w{0,10}',
  '(?:Screenshot|Screen[ _-]?Shot|Bildschirmfoto)[ _-](?:from[ _-])?\\d{4}(?:[-_.]?\\d{2}){0,2}(?:[ _-](?:at[ _-])?\\d{1,2}(?:[-_.:]?\\d{2}){1,2})?(?:[-_ ][AP]M)?(?:_\\w{1,30})?',
  'WhatsApp[ _-]Image[ _-]\\d{4}-\\d{2}-\\d{2}[ _-]at[ _-][\\d.]{4,9}(?:[ _-][AP]M)?',
  '(?:image|photo|picture|pic|img|foto|file|scan|unnamed|untitled|download|thumbnail|screenshot)(?:[-_]\\d{1,8}(?:[-_]\\d{1,8}){0,4}| ?\\(\\d{1,4}\\)(?=\\.\\w|\\s*$))',
]
const CAMERA = new RegExp(`${TOKEN_START}(?:${CAMERA_NAMES.join('|')})${ENDING}${TOKEN_END}`, 'giu')

const cameraName: HygieneRule = {
  id: 'junk/camera-name',
  severity: 'error',
  roles: BOTH_ROLES,
  finds: 'names that cameras, phones and screenshots give: IMG_1234, DSC_0001.JPG, image-12',
  find: (text) =>
    findAll(text, CAMERA, (match) => {
      if (isReported(text, match.index)) return null
      const span = spanOf(match)
      const fix = deletion(text.text, span, 'Delete the file name')
      return { ...span, message: 'A camera made this name; it tells nothing.', fix }
    }),
}

const UUID = '[\\da-f]{8}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{12}'
const HEX = '[\\da-f]{12,128}'
const LONG_ID = '[A-Za-z\\d]{18,128}'
const NUMBERS = '\\d{6,20}(?:_\\d{6,20}){1,4}(?:_[a-z])?'
const CODE_NAME = new RegExp(
  `${TOKEN_START}(?:${UUID}|${NUMBERS}|${HEX}|${LONG_ID})${ENDING}(?![\\p{L}\\p{N}_-])`,
  'giu',
)

/** A word or a plain number is no code: letters and digits take turns in one. */
function looksRandom(name: string): boolean {
  const stem = name.replace(/\.\w{1,4}$/u, '')
  if (/[-_]/u.test(stem)) return true
  const turns = stem.match(/\d(?=\p{L})|\p{L}(?=\d)/gu)?.length ?? 0
  return turns >= 3
}

const codeName: HygieneRule = {
  id: 'junk/code-name',
  severity: 'error',
  roles: BOTH_ROLES,
  finds: 'names made by programs: hexadecimal digits, UUIDs, long random codes',
  find: (text) =>
    findAll(text, CODE_NAME, (match) => {
      if (!looksRandom(match[0]) || isReported(text, match.index)) return null
      const span = spanOf(match)
      const fix = deletion(text.text, span, 'Delete the code')
      return { ...span, message: 'A program made this name; it tells nothing.', fix }
    }),
}

const FILE_NAME = new RegExp(
  `(?<![\\p{L}\\p{N}_~%+.\\-/:@\\\\])[\\p{L}\\p{N}_][\\p{L}\\p{N}_()%~+.'-]{0,199}\\.(?:${EXTENSION})${TOKEN_END}`,
  'giu',
)
/** Parts of a file name that say how a file was made, not what it shows. */
const FILE_WORD =
  /^(?:\d+|\d+x\d+|scaled|final|copy|min|thumb|thumbnail|resized|cropped|edited|web|hires|lowres|img|image|photo|v\d+|e\d+|\p{L})$/iu

function wordsOfName(name: string): string {
  const stem = name.replace(/\.\w{2,4}$/u, '')
  const parts = stem.split(/[_+.()~%-]+|(?<=\p{Ll})(?=\p{Lu})/u)
  return parts.filter((part) => part !== '' && !FILE_WORD.test(part)).join(' ')
}

function fileNameFinding(text: RuleText, match: RegExpExecArray): Finding {
  const span = spanOf(match)
  const words = wordsOfName(match[0])
  const fix =
    words === ''
      ? deletion(text.text, span, 'Delete the file name')
      : replacement(span, words, 'Keep only the words of the file name')
  return { ...span, message: 'A file name stands in the text.', fix }
}

const fileName: HygieneRule = {
  id: 'junk/file-name',
  severity: 'error',
  roles: BOTH_ROLES,
  finds: 'file names with an extension: red-bus-01.jpg',
  find: (text) =>
    findAll(text, FILE_NAME, (match) =>
      isReported(text, match.index) ? null : fileNameFinding(text, match),
    ),
}

export const FILE_NAME_RULES: readonly HygieneRule[] = [cameraName, codeName, fileName]
