/**
 * The parts of the Compose Specification (https://github.com/compose-spec/compose-spec, schema/compose-spec.json) that the compose files of
 * this house use, as JSON Schema, and nothing besides: a member that isn't here is refused, so that a typing error is, too.
 */
const text = { type: 'string', minLength: 1 } as const
const texts = { type: 'array', items: text, minItems: 1, uniqueItems: true } as const
const command = { oneOf: [text, { type: 'array', items: text, minItems: 1 }] } as const
const duration = { type: 'string', pattern: '^([0-9]+(us|ms|s|m|h))+$' } as const
const name = '^[a-zA-Z0-9._-]+$'

const healthcheck = {
  type: 'object',
  properties: {
    disable: { type: 'boolean' },
    test: { type: 'array', items: text, minItems: 1 },
    interval: duration,
    timeout: duration,
    start_period: duration,
    retries: { type: 'number' },
  },
  oneOf: [{ required: ['test'] }, { required: ['disable'] }],
  additionalProperties: false,
} as const

const dependsOn = {
  type: 'object',
  patternProperties: {
    [name]: {
      type: 'object',
      properties: { condition: { enum: ['service_started', 'service_healthy', 'service_completed_successfully'] } },
      required: ['condition'],
      additionalProperties: false,
    },
  },
  additionalProperties: false,
} as const

const service = {
  type: 'object',
  properties: {
    image: text,
    build: text,
    user: text,
    entrypoint: command,
    command,
    depends_on: dependsOn,
    environment: { type: 'object', patternProperties: { '^[A-Z][A-Z0-9_]*$': text }, additionalProperties: false },
    ports: { type: 'array', items: { type: 'string', pattern: '^127\\.0\\.0\\.1:[0-9]+:[0-9]+$' }, uniqueItems: true },
    volumes: { type: 'array', items: { type: 'string', pattern: '^[a-z][a-z-]*:/[a-z/]+(:ro)?$' }, uniqueItems: true },
    tmpfs: texts,
    read_only: { type: 'boolean' },
    cap_drop: texts,
    security_opt: texts,
    healthcheck,
    stop_grace_period: duration,
    restart: { enum: ['no', 'always', 'on-failure', 'unless-stopped'] },
  },
  additionalProperties: false,
} as const

export const composeSchema = {
  type: 'object',
  properties: {
    name: { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]*$' },
    services: { type: 'object', patternProperties: { [name]: service }, additionalProperties: false },
    volumes: { type: 'object', patternProperties: { [name]: { type: 'null' } }, additionalProperties: false },
  },
  required: ['services'],
  additionalProperties: false,
} as const
