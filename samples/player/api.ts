/** What a request is made with: a key, or the cookie of a session. */
export type Credential = { readonly key: string } | { readonly cookie: string }

export interface RecordedOutcome {
  readonly status: 'recorded'
  readonly stream: string
  readonly event: string
  readonly repeated: boolean
}

/** The server as its users see it. */
export class Api {
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  /** @throws Error when the answer has errors. */
  async graphql<Data>(credential: Credential, query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Data> {
    const { body } = await this.#post('/graphql', 'application/json', { query, variables }, credential)
    const { data, errors } = body as { data?: Data | null; errors?: unknown }
    if (errors !== undefined || data === undefined || data === null) throw new Error(`expected an answer, found ${JSON.stringify(errors)}`)
    return data
  }

  /** @throws Error when one is refused. */
  async record(credential: Credential, workspace: string, events: readonly unknown[]): Promise<readonly RecordedOutcome[]> {
    const { status, body } = await this.#post(
      `/w/${workspace}/api/v1/cloudevents`,
      'application/cloudevents-batch+json',
      events,
      credential,
    )
    const { outcomes = [] } = body as { outcomes?: readonly (RecordedOutcome | { readonly status: 'refused' })[] }
    const refused = outcomes.findIndex((outcome) => outcome.status === 'refused')
    if (status !== 200 || refused >= 0)
      throw new Error(
        `expected receipts, found ${status} ${JSON.stringify(outcomes[refused] ?? body)} for ${JSON.stringify(events[refused])}`,
      )
    return outcomes as readonly RecordedOutcome[]
  }

  /** Signs in with a link; gives the session's cookie. */
  async signIn(link: string): Promise<{ readonly cookie: string }> {
    const token = new URL(link).hash.slice(1)
    const { status, body, headers } = await this.#post('/session', 'application/json', { token }, null)
    const [cookie = ''] = (headers.getSetCookie()[0] ?? '').split(';')
    if (status !== 200 || cookie === '') throw new Error(`expected to sign in, found ${status} ${JSON.stringify(body)}`)
    return { cookie }
  }

  async #post(path: string, type: string, content: unknown, credential: Credential | null) {
    const response = await fetch(`${this.#url}${path}`, {
      method: 'POST',
      headers: { 'content-type': type, ...this.#authority(credential) },
      body: JSON.stringify(content),
    })
    return { status: response.status, headers: response.headers, body: (await response.json()) as unknown }
  }

  #authority(credential: Credential | null): Record<string, string> {
    if (credential === null) return { origin: this.#url }
    return 'key' in credential ? { authorization: `Bearer ${credential.key}` } : { cookie: credential.cookie, origin: this.#url }
  }
}
