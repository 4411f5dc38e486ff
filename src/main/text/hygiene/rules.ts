import { WHOLE_CAPTION_RULES } from './caption-whole.ts'
import { WORDING_RULES } from './caption-wording.ts'
import { BOILERPLATE_RULES } from './junk-boilerplate.ts'
import { ENCODING_RULES } from './junk-encoding.ts'
import { FILE_NAME_RULES } from './junk-names.ts'
import { SHAPE_RULES } from './junk-shape.ts'
import { SHOP_RULES } from './junk-shop.ts'
import { WEB_RULES } from './junk-web.ts'
import { LANGUAGE_RULES } from './language-rules.ts'
import { LENGTH_RULES } from './length-rules.ts'
import { CONTACT_RULES } from './private-contact.ts'
import { NUMBER_RULES } from './private-numbers.ts'
import { PEOPLE_RULES } from './private-people.ts'
import { REPETITION_RULES } from './repetition-rules.ts'
import type { HygieneRule } from './rule.ts'
import { GRAMMAR_RULES } from './structure-grammar.ts'
import { MARK_RULES } from './structure-marks.ts'

/** All rules, in the order of the guide. Of two that mark the same stretch, the earlier one speaks. */
export const HYGIENE_RULES: readonly HygieneRule[] = [
  ...CONTACT_RULES,
  ...NUMBER_RULES,
  ...PEOPLE_RULES,
  ...FILE_NAME_RULES,
  ...WEB_RULES,
  ...ENCODING_RULES,
  ...BOILERPLATE_RULES,
  ...SHOP_RULES,
  ...SHAPE_RULES,
  ...WORDING_RULES,
  ...WHOLE_CAPTION_RULES,
  ...LANGUAGE_RULES,
  ...LENGTH_RULES,
  ...REPETITION_RULES,
  ...MARK_RULES,
  ...GRAMMAR_RULES,
]
