import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { printWholeSchema } from '../schema/print-whole-schema.ts'
import { LiveClient } from '../testing/live-client.ts'
import { TestServer } from '../testing/test-server.ts'
import { fieldRoles } from './field-roles.ts'
import { guardRootFields } from './guard-root-fields.ts'

const schema = buildSchema(printWholeSchema())

const literals: Readonly<Record<string, string>> = {
  UUID: '"0192d3a4-5b6c-7d8e-9f01-23456789abcd"',
  DateTime: '"2026-01-01T00:00:00.000Z"',
  Int: '1',
  Boolean: 'false',
}

/** The plainest literal of an input type. */
function literal(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(type.ofType)
  if (isListType(type)) return '[]'
  if (isEnumType(type)) return type.getValues()[0]?.name ?? ''
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequiredInputField)
    return `{ ${required.map(({ name, type: member }) => `${name}: ${literal(member)}`).join(', ')} }`
  }
  return literals[type.name] ?? '"x"'
}

function selection(field: GraphQLField<unknown, unknown>): string {
  const args = field.args.filter(isRequiredArgument).map(({ name, type }: GraphQLArgument) => `${name}: ${literal(type)}`)
  return `${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${isLeafType(getNamedType(field.type)) ? '' : ' { __typename }'}`
}

function documents(type: GraphQLObjectType | null | undefined, kind: string): [string, string][] {
  return Object.values(type?.getFields() ?? {}).map((field) => [`${type?.name}.${field.name}`, `${kind} { ${selection(field)} }`])
}

const operations = [...documents(schema.getQueryType(), 'query'), ...documents(schema.getMutationType(), 'mutation')]
const subscriptions = documents(schema.getSubscriptionType(), 'subscription')

/** What a key may not do though people of its role may: it stands in the record under a person's name. */
const peopleOnly = ['Mutation.exportPack']

let server: TestServer
let workspace: string
let credentials: Record<string, string>
/** Another workspace, which the administrator opened. */
let other: string
let strangers: Record<string, string>

beforeAll(async () => {
  server = await TestServer.start()
  const signedIn = await server.signIn()
  workspace = signedIn.workspace
  const service = await server.key(workspace)
  const auditor = await server.key(workspace, 'AUDITOR')
  credentials = { ADMINISTRATOR: signedIn.cookie, SERVICE: service, 'AUDITOR, a key': auditor }
  for (const role of ['RISK_MANAGER', 'APPROVER', 'AUDITOR', 'REGULATOR'])
    credentials[role] = (await server.join(signedIn.cookie, role)).cookie
  const opening = `mutation { openWorkspace(input: { name: "Another" }) { ... on Workspace { id } } }`
  other = (await server.ask<{ openWorkspace: { id: string } }>(signedIn.cookie, opening)).openWorkspace.id
  strangers = {
    'a service of another workspace': await server.key(other),
    'an auditor of another workspace': await server.key(other, 'AUDITOR'),
  }
})
afterAll(() => server.stop())

describe('every root field of the SDL', () => {
  test('has an entry in the table of roles, and no other has', () => {
    expect([...operations, ...subscriptions].map(([name]) => name).sort()).toEqual(Object.keys(fieldRoles).sort())
  })

  test('without an entry fails the start', () => {
    const { 'Query.events': _events, ...others } = fieldRoles
    expect(() => guardRootFields(schema, others)).toThrow('without roles: Query.events')
    expect(() => guardRootFields(schema, { ...fieldRoles, 'Query.secrets': [] })).toThrow('not in the schema: Query.secrets')
  })

  test.each(operations)('%s refuses without a credential', async (_name, document) => {
    expect(await server.graphql('', document)).toMatchObject({
      status: 401,
      data: null,
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    })
    expect(await server.graphql('Bearer ak_0_0', document)).toMatchObject({ status: 401, data: null })
    expect(await server.graphql('annal_session=guess', document)).toMatchObject({ status: 401, data: null })
  })

  test.each(operations)('%s refuses a credential of another workspace', async (_name, document) => {
    const nowhere = { status: 404, data: null, errors: [{ extensions: { code: 'WORKSPACE_NOT_FOUND' } }] }
    for (const [who, credential] of Object.entries(credentials)) {
      expect(await server.graphql(credential, document, {}, '/w/ws_other/graphql')).toMatchObject(nowhere)
      if (who !== 'ADMINISTRATOR') expect(await server.graphql(credential, document, {}, `/w/${other}/graphql`)).toMatchObject(nowhere)
    }
    for (const credential of Object.values(strangers))
      expect(await server.graphql(credential, document, {}, `/w/${workspace}/graphql`)).toMatchObject(nowhere)
  })

  test.each(operations)('%s answers the roles of its entry and refuses the others', async (name, document) => {
    for (const [who, credential] of Object.entries(credentials)) {
      const [role = ''] = who.split(',')
      const { data, errors } = await server.graphql(credential, document, {}, `/w/${workspace}/graphql`)
      const refused = errors[0]?.extensions.code === 'FORBIDDEN' || JSON.stringify(data).includes('"NotAllowed"')
      const isForPeople = peopleOnly.includes(name) && credential.startsWith('Bearer ')
      expect([who, refused]).toEqual([who, isForPeople || !fieldRoles[name]?.some((allowed) => allowed === role)])
    }
  })

  test.each(subscriptions)('%s refuses without a credential and from another workspace', async (_name, document) => {
    for (const [path, headers] of [
      ['/graphql', {}],
      ['/w/ws_other/graphql', { authorization: credentials['AUDITOR, a key'] ?? '' }],
      [`/w/${workspace}/graphql`, { authorization: strangers['an auditor of another workspace'] ?? '' }],
      ['/graphql', { cookie: credentials.REGULATOR ?? '', origin: server.url }],
      ['/graphql', { cookie: credentials.ADMINISTRATOR ?? '', origin: 'https://elsewhere.example' }],
    ] as const) {
      const client = new LiveClient(`${server.url}${path}`, headers, document)
      await client.until(({ closed, problems }) => closed !== null || problems.length > 0)
      expect(client.positions).toEqual([])
    }
  })

  test.each(subscriptions)('%s refuses a role without an entry', async (_name, document) => {
    const client = new LiveClient(`${server.url}/graphql`, { authorization: credentials.SERVICE ?? '' }, document)
    await client.until(({ problems }) => problems.length > 0)
    expect(JSON.stringify(client.problems)).toContain('may not use')
    client.close()
  })
})
