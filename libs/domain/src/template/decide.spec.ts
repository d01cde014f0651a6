import { test } from 'vitest'
import { event, given, person } from '../../testing/given.ts'

const published = event('TemplatePublished', {}, person('anna'))

test('a version of a template is published once', () => {
  given().when(published).isAccepted()
  given(published).when(published).isRefused('VersionTaken')
  given(published)
    .when(event('TemplatePublished', { version: '4' }, person('anna')))
    .isAccepted()
})
