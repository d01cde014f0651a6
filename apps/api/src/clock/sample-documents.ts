/**
 * What the administrator of a sample asks for the story's sake, besides what the dashboard asks: its people are invited and signed in as
 * everywhere. Only a server whose clock is simulated takes these documents from sessions.
 */
export const inviteDocument = `mutation SampleInvite($input: InvitePersonInput!) {
  invitePerson(input: $input) {
    __typename
    ... on Invited { link invitation { person } }
    ... on InvalidInput { message }
    ... on NotAllowed { message }
  }
}`

export const signInLinkDocument = `mutation SampleSignInLink($person: ID!) {
  issueSignInLink(person: $person) {
    __typename
    ... on SignInLinkIssued { link }
    ... on InvalidInput { message }
    ... on NotFound { message }
    ... on NotAllowed { message }
  }
}`

export const sampleDocuments: readonly string[] = [inviteDocument, signInLinkDocument]
