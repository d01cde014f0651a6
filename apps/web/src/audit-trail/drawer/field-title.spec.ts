import { expect, it } from 'vitest'
import { fieldTitle } from './field-title.ts'

it.each([
  ['/reason', 'Reason'],
  ['/risks/0', 'Risks, no. 1'],
  ['/actions/11/protectedAttribute', 'Actions, no. 12, protected attribute'],
  ['/texts/a~1b~0c', 'Texts, a/b~c'],
])('%s is called %s', (pointer, title) => expect(fieldTitle(pointer)).toBe(title))
