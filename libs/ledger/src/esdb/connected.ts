import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js'
import { StoreUnavailable } from '../event-store.ts'

/** States of a connection, as gRPC counts them. */
const IDLE = 0
const CONNECTING = 1

/**
 * Resolves once the connection stands, or was refused: then the call says why. A server that is frozen takes a connection and says nothing
 * on it, and a call without a deadline would wait for it as long as it is frozen.
 * @throws StoreUnavailable
 */
export async function connected(grpc: StreamsClient, withinMs: number): Promise<void> {
  const channel = grpc.getChannel()
  const end = Date.now() + withinMs
  for (;;) {
    const state = channel.getConnectivityState(true)
    if (state !== IDLE && state !== CONNECTING) return
    await new Promise<void>((resolve, reject) => {
      const late = () => reject(new StoreUnavailable(`EventStoreDB: no connection within ${withinMs} ms`))
      channel.watchConnectivityState(state, end, (error) => (error ? late() : resolve()))
    })
  }
}
