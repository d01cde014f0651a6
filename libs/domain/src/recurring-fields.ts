import { list, object, optional } from './schema/containers.ts'
import { anyRef, eventRef, ref } from './schema/id-fields.ts'
import { named } from './schema/mark.ts'
import { largeWhole } from './schema/number-fields.ts'
import { mediaType, sha256, text, uri } from './schema/text-fields.ts'
import { instant } from './schema/time-fields.ts'

/** Fields that mean the same wherever they stand. */

export const concernedSystems = () =>
  optional(
    list(
      'The AI systems that this concerns; what is complete about a system is proven by these references.',
      ref('aisystem', 'An AI system.'),
      { max: 64 },
    ),
  )

/** A document or file that is kept elsewhere and fixed by its digest. */
export const attachment = (description: string) =>
  named(
    'Attachment',
    object(description, {
      title: optional(text('The title of the document.')),
      uri: uri('Where the document is kept.'),
      sha256: sha256('SHA-256 of its bytes.'),
      mediaType: optional(mediaType('Its media type.')),
      bytes: optional(largeWhole('Its size in bytes.')),
    }),
  )

/** A span of time, `from` inclusive, `until` exclusive. */
export const period = (description: string) =>
  named('Period', object(description, { from: instant('The beginning, inclusive.'), until: instant('The end, exclusive.') }))

export const evidenceEvents = (description: string) => optional(list(description, eventRef('An event that is evidence.'), { max: 50 }))

/** The things that a decision or an approval can be about. */
export const governedThing = (description: string) =>
  anyRef(description, ['aisystem', 'model', 'dataset', 'component', 'project', 'policy', 'supplier', 'incident', 'template'])
