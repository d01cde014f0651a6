/** Somebody in front of a browser: opens links, keeps the cookie, sends what the dashboard would. */
export class Browser {
  cookie = ''
  /** Where it asks: in the session's own workspace, unless another is opened. */
  path = '/graphql'

  constructor(private readonly url: string) {}

  /** Opens a sign-in link; gives the HTTP status. */
  async open(link: string): Promise<number> {
    const answer = await this.post('/session', { token: new URL(link).hash.slice(1) })
    this.cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? this.cookie
    return answer.status
  }

  async askForLink(email: string): Promise<{ status: number; text: string }> {
    const answer = await this.post('/session/link', { email })
    return { status: answer.status, text: await answer.text() }
  }

  async ask<Data>(query: string, variables: Readonly<Record<string, unknown>> = {}, path = this.path): Promise<Data> {
    const answer = await this.post(path, { query, variables })
    const body = (await answer.json()) as { data?: Data; errors?: readonly unknown[] }
    if (body.errors !== undefined || !body.data) throw new Error(`GraphQL answered ${answer.status}: ${JSON.stringify(body.errors)}`)
    return body.data
  }

  post(path: string, body: unknown): Promise<Response> {
    const headers = { 'content-type': 'application/json', origin: this.url, cookie: this.cookie }
    return fetch(`${this.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  }
}

export const INVITE = `mutation ($input: InvitePersonInput!) { answer: invitePerson(input: $input) { __typename
  ... on Invited { link invitation { id person email sent } } ... on InvalidInput { message } } }`

export interface InviteAnswer {
  readonly answer: {
    readonly __typename: string
    readonly link: string | null
    readonly invitation: { readonly id: string; readonly person: string; readonly email: string; readonly sent: boolean }
  }
}
