import { workspaceClient } from '../graphql/client.ts'
import { pastExchanges } from '../reading/past-reading.ts'
import type { Session } from './session.ts'

/** The session of a reader to whom it is that instant: what is read is as known then, and what is said of time is said from there. */
export function pastSession(session: Session, asOf: string): Session {
  const workspace = session.viewer.workspace.id
  return { ...session, client: workspaceClient(workspace, pastExchanges(workspace, asOf)), now: () => new Date(asOf), asOf, inPast: true }
}
