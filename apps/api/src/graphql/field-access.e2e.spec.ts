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

/** The plainest literal of an input type. */
function literal(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(type.ofType)
  if (isListType(type)) return '[]'
  if (isEnumType(type)) return type.getValues()[0]?.name ?? ''
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequiredInputField)
    return `{ ${required.map(({ name, type: member }) => `${name}: ${literal(member)}`).join(', ')} }`
  }
  return type.name === 'UUID' ? '"0192d3a4-5b6c-7d8e-9f01-23456789abcd"' : '"x"'
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

let server: TestServer
let workspace: string
let credentials: Record<string, string>

beforeAll(async () => {
  server = await TestServer.start()
  const signedIn = await server.signIn()
  workspace = signedIn.workspace
  credentials = { ADMINISTRATOR: signedIn.cookie, SERVICE: await server.key(workspace), AUDITOR: await server.key(workspace, 'AUDITOR') }
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
    for (const credential of Object.values(credentials)) {
      expect(await server.graphql(credential, document, {}, '/w/ws_other/graphql')).toMatchObject({
        status: 404,
        data: null,
        errors: [{ extensions: { code: 'WORKSPACE_NOT_FOUND' } }],
      })
    }
  })

  test.each(operations)('%s answers the roles of its entry and refuses the others', async (name, document) => {
    for (const [role, credential] of Object.entries(credentials)) {
      const { data, errors } = await server.graphql(credential, document, {}, `/w/${workspace}/graphql`)
      const refused = errors[0]?.extensions.code === 'FORBIDDEN' || JSON.stringify(data).includes('"NotAllowed"')
      expect([role, refused]).toEqual([role, !fieldRoles[name]?.some((allowed) => allowed === role)])
    }
  })

  test.each(subscriptions)('%s refuses without a credential and from another workspace', async (_name, document) => {
    for (const [path, headers] of [
      ['/graphql', {}],
      ['/w/ws_other/graphql', { authorization: credentials.AUDITOR ?? '' }],
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
