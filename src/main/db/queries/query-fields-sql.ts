import type { FieldNode, QueryItem, QueryValue } from '../../../shared/domain/query/ast.ts'
import { FATES } from '../../../shared/domain/fate.ts'
import { STATUSES } from '../../../shared/domain/status.ts'
import { AppError } from '../../../shared/errors.ts'
import { allOf, anyOf, exists, isOneOf, type Condition } from './condition.ts'
import { IMAGES_IN_GROUPS } from './duplicates.ts'
import { compareDates } from './query-compare-sql.ts'
import type { Asked } from './query-asked.ts'
import { detectedCondition, readCondition } from './query-findings-sql.ts'
import { findIssue, issueCondition, numberCondition } from './query-numbers-sql.ts'
import { BY_PERSON, OPEN_STATUSES, WAITS_FOR_PERSON } from './round-turn.ts'
import { ANY_CHARACTER, ANY_TEXT, contains, isLike, startsWith } from './text-pattern.ts'
import { probeText, searchOf } from './text-search.ts'

const IMAGE = 'image i WHERE i.id = s.image_id'

/** One term of a query as a condition on the row `s` of image_state. */
export function fieldCondition(node: FieldNode, asked: Asked): Condition {
  const { now } = asked
  const { field, items } = node
  switch (field) {
    case 'status':
      return isOneOf(
        's.status',
        choices(items).map((name) => STATUSES.findIndex((status) => status === name)),
      )
    case 'for':
      return anyOf(values(items).map((value) => waitsFor(node, value, asked)))
    case 'round':
    case 'work':
    case 'pixels':
    case 'length':
    case 'alts':
    case 'revisions':
    case 'width':
    case 'height':
    case 'side':
    case 'aspect':
    case 'elongation':
    case 'size':
    case 'brightness':
    case 'contrast':
    case 'black':
    case 'white':
    case 'sharpness':
    case 'entropy':
    case 'colour':
    case 'plain':
    case 'frames':
    case 'altlength':
    case 'edit':
    case 'unsupported':
    case 'coverage':
    case 'score':
      return numberCondition(field, items, asked)
    case 'fate':
      return exists(
        'revision_fate f WHERE f.revision_id = s.head_revision_id',
        isOneOf(
          'f.fate',
          choices(items).map((name) => FATES.findIndex((fate) => fate === name)),
        ),
      )
    case 'written':
      return exists(
        'revision r WHERE r.id = s.head_revision_id',
        compareDates('r.created_at', items, now),
      )
    case 'updated':
      return compareDates('s.updated_at', items, now)
    case 'added':
      return exists(IMAGE, compareDates('i.created_at', items, now))
    case 'format':
      return exists(IMAGE, labels('i.format', node, FORMAT_NAMES))
    case 'alt':
    case 'caption':
    case 'text':
      return probeText(searchOf(field, node.operator, values(items)))
    case 'sim':
    case 'like':
      throw new AppError(
        'QUERY_INVALID',
        `${field}: puts images in order instead of choosing some, which only the library can do. Tag the images that it shows there, then use the tag here.`,
        { data: { start: node.start, end: node.end } },
      )
    case 'det':
      return detectedCondition(node)
    case 'ocr':
      return readCondition(node)
    case 'dup':
      return anyOf(choices(items).map(duplicateCondition))
    case 'has':
      return anyOf(choices(items).map(hasCondition))
    case 'is':
      return anyOf(choices(items).map((choice) => isCondition(choice, asked)))
    case 'name':
      return patterns('s.name', node)
    case 'tag':
      return imagesIn(
        'SELECT it.image_id FROM image_tag it JOIN tag t ON t.id = it.tag_id WHERE',
        labels('t.name', node),
      )
    case 'source':
      return imagesIn(
        'SELECT l.image_id FROM source o JOIN image_location l ON l.source_id = o.id WHERE',
        patterns('o.path', node),
      )
    case 'origin':
      return exists('alt_text a WHERE a.image_id = s.image_id', isOneOf('a.origin', choices(items)))
    case 'author':
      return exists('revision r WHERE r.id = s.head_revision_id', authorCondition(node, asked))
    case 'id':
      return imagesIn('SELECT i.id FROM image i WHERE', codes('i.uid', items))
    case 'hash':
      return imagesIn('SELECT i.id FROM image i WHERE', codes('i.content_hash', items))
    case 'phash':
      return imagesIn('SELECT i.id FROM image i WHERE', codes('i.perceptual_hash', items))
  }
}

function imagesIn(select: string, condition: Condition): Condition {
  const found = `${select} ${condition.sql}`
  return { sql: `s.image_id IN (${found})`, params: condition.params, select: found }
}

function values(items: readonly QueryItem[]): readonly QueryValue[] {
  return items.flatMap((item) => (item.kind === 'value' ? [item.value] : []))
}

function choices(items: readonly QueryItem[]): readonly string[] {
  return values(items).map((value) => value.text.toLowerCase())
}

const HAS: Readonly<Record<string, string>> = {
  alt: 's.alt_count > 0',
  caption: 's.head_revision_id IS NOT NULL',
  draft: 's.draft_count > 0',
  tag: 'EXISTS (SELECT 1 FROM image_tag it WHERE it.image_id = s.image_id)',
  revision: 's.revision_count > 0',
}

/** The first half of each names the partial index of problems, which the second half alone would not find. */
const IS: Readonly<Record<string, string>> = {
  missing: '(s.problem > 0 AND s.problem = 1)',
  broken: '(s.problem > 0 AND s.problem = 2)',
  animated: `EXISTS (SELECT 1 FROM ${IMAGE} AND i.is_animated = 1)`,
}

function hasCondition(choice: string): Condition {
  return { sql: HAS[choice] ?? 'FALSE', params: [] }
}

const IS_NEAR = `s.image_id IN (${IMAGES_IN_GROUPS})`
const IS_EXACT =
  's.image_id IN (SELECT image_id FROM image_location GROUP BY image_id HAVING count(*) > 1)'

const DUPLICATES: Readonly<Record<string, string>> = {
  near: IS_NEAR,
  exact: IS_EXACT,
  group: `(${IS_NEAR} OR ${IS_EXACT})`,
}

function duplicateCondition(choice: string): Condition {
  return { sql: DUPLICATES[choice] ?? 'FALSE', params: [] }
}

function isCondition(choice: string, asked: Asked): Condition {
  const issue = findIssue(choice)
  if (issue !== null) return issueCondition(issue, asked)
  return { sql: IS[choice] ?? 'FALSE', params: [] }
}

/** A map, because an object also knows names like "constructor", which people may search for. */
const FORMAT_NAMES: ReadonlyMap<string, string> = new Map([
  ['jpg', 'jpeg'],
  ['tif', 'tiff'],
])

/** Whole names in any case, their starts, or with `~` any part. */
function labels(
  column: string,
  node: FieldNode,
  otherNames: ReadonlyMap<string, string> = new Map(),
): Condition {
  return anyOf(
    values(node.items).map((value) => {
      if (node.operator === '~') return contains(column, value.text)
      if (value.star) return startsWith(column, value.text)
      const text = otherNames.get(value.text.toLowerCase()) ?? value.text
      return { sql: `${column} = ? COLLATE NOCASE`, params: [text.toWellFormed()] }
    }),
  )
}

function isMe(value: QueryValue): boolean {
  return !value.quoted && !value.star && value.text.toLowerCase() === 'me'
}

/** Work that waits for the asking person, or for one of those whose names fit. */
function waitsFor(node: FieldNode, value: QueryValue, asked: Asked): Condition {
  const person =
    node.operator === ':' && isMe(value)
      ? isOneOf('p.id', [asked.personId ?? 0])
      : labels('p.name', { ...node, items: [{ kind: 'value', value }] })
  const waits = allOf([person, { sql: WAITS_FOR_PERSON, params: [] }])
  return allOf([{ sql: OPEN_STATUSES, params: [] }, exists('person p WHERE TRUE', waits)])
}

/** The revision `r` is by the asking person. */
function byAsking(asked: Asked): Condition {
  return exists('person p WHERE p.id = ?', { sql: BY_PERSON, params: [asked.personId ?? 0] })
}

const AUTHOR_KINDS = ['human', 'model', 'import']

/** The three kinds and `me` are told from people of that name by quotes: `author:"model"` is a name. */
function authorCondition(node: FieldNode, asked: Asked): Condition {
  return anyOf(
    node.items.map((item) => {
      const value = item.kind === 'value' ? item.value : null
      if (value !== null && node.operator === ':' && isMe(value)) return byAsking(asked)
      const isKind =
        value !== null &&
        node.operator === ':' &&
        !value.quoted &&
        !value.star &&
        AUTHOR_KINDS.includes(value.text.toLowerCase())
      return isKind
        ? isOneOf('r.author_kind', [value.text.toLowerCase()])
        : labels('r.author_name', { ...node, items: [item] })
    }),
  )
}

/** A part of the column; or all of it where an unquoted value has `*` or `?`. */
function patterns(column: string, node: FieldNode): Condition {
  return anyOf(
    values(node.items).map((value) => {
      const hasWildcard = value.star || (!value.quoted && /[*?]/u.test(value.text))
      if (node.operator === '~' || !hasWildcard) return contains(column, value.text)
      const parts = value.quoted ? [value.text] : Array.from(value.text).map(toPatternPart)
      return isLike(column, value.star ? [...parts, ANY_TEXT] : parts)
    }),
  )
}

function toPatternPart(character: string): string | typeof ANY_TEXT | typeof ANY_CHARACTER {
  if (character === '*') return ANY_TEXT
  return character === '?' ? ANY_CHARACTER : character
}

/** Identifiers by their start, as a range so that an index answers it. */
function codes(column: string, items: readonly QueryItem[]): Condition {
  return anyOf(
    values(items).map((value) => {
      const start = value.text.toLowerCase()
      return allOf([
        { sql: `${column} >= ?`, params: [start] },
        { sql: `${column} < ?`, params: [`${start}g`] },
      ])
    }),
  )
}
