import { expect, test } from 'vitest'
import { settleColumnMap } from './column-sniff.ts'

const LINK = 'https://example.test/a.jpg'

/** Columns of published tables of links, as their cards and readers give them, with one row's cells. */
const TABLES = [
  {
    name: 'LAION-400M',
    cells: {
      ...{ SAMPLE_ID: 12, URL: LINK, TEXT: 'a red bus', WIDTH: 640, HEIGHT: 480 },
      ...{ LICENSE: '?', NSFW: 'UNLIKELY', similarity: 0.31 },
    },
    roles: { SAMPLE_ID: 'id', URL: 'url', TEXT: 'alt' },
  },
  {
    name: 'LAION-COCO',
    cells: {
      ...{ URL: LINK, TEXT: 'bus for sale', top_caption: 'a red bus', similarity: 0.3 },
      ...{ all_captions: ['a red bus', 'a bus'], all_similarities: [0.3, 0.2] },
    },
    roles: { URL: 'url', TEXT: 'alt', top_caption: 'proposal', all_captions: 'proposal' },
  },
  {
    name: 'COYO-700M',
    cells: {
      ...{ id: 5, url: LINK, text: 'a red bus', width: 640, height: 480, image_phash: 'a1b2' },
      ...{ clip_similarity_vitb32: 0.3, clip_similarity_vitl14: 0.2, nsfw_score_gantman: 0.1 },
      ...{ watermark_score: 0.2, aesthetic_score_laion_v2: 5.1 },
    },
    roles: { id: 'id', url: 'url', text: 'alt' },
  },
  {
    name: 'DataComp',
    cells: {
      ...{ uid: 'f00', url: LINK, text: 'a red bus', original_width: 640, original_height: 480 },
      ...{ clip_b32_similarity_score: 0.3, clip_l14_similarity_score: 0.2 },
      ...{ face_bboxes: [[0.1, 0.1, 0.2, 0.2]], sha256: 'ab' },
    },
    roles: { uid: 'id', url: 'url', text: 'alt' },
  },
  {
    name: 'Recap-DataComp',
    cells: {
      ...{ url: LINK, re_caption: 'A red bus stands in a street.', org_caption: 'bus for sale' },
      ...{ sha256: 'ab', key: '0001', re_clip_score: 0.3, org_clip_score: 0.2 },
      ...{ re_length: 6, org_length: 3, re_gpt4v_score: 4, org_gpt4v_score: 2 },
    },
    roles: { url: 'url', key: 'id', re_caption: 'proposal', org_caption: 'alt' },
  },
  {
    name: 'PD12M',
    cells: {
      ...{ id: 'x1', url: LINK, s3_key: 'images/x1.jpg', caption: 'A red bus.', hash: '9e10' },
      ...{ width: 640, height: 480, mime_type: 'image/jpeg', license: 'CC0', source: 'wikimedia' },
    },
    roles: { id: 'id', url: 'url', caption: 'alt' },
  },
  {
    name: 'WIT',
    cells: {
      ...{ language: 'en', page_url: 'https://example.test/Bus', image_url: LINK },
      ...{ page_title: 'Bus', caption_reference_description: 'A bus in town' },
      ...{ caption_attribution_description: 'Photo of a bus', mime_type: 'image/jpeg' },
      ...{ caption_alt_text_description: 'red bus', is_main_image: true },
    },
    roles: {
      image_url: 'url',
      caption_reference_description: 'web-caption',
      caption_attribution_description: 'web-caption',
      caption_alt_text_description: 'alt',
    },
  },
] as const

test.each(TABLES)('columns of $name get their roles', ({ cells, roles }) => {
  const sample = { columns: Object.keys(cells), rows: [Object.values(cells)] }
  expect(settleColumnMap(sample, {})).toEqual(roles)
})
