import type { EventStoreDBClient } from '@eventstore/db-client'
import featuresService, { type ServerFeaturesClient } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js'
import shared from '@eventstore/db-client/generated/shared_pb.js'

/**
 * Whether the server has this method. The client has this question too, but keeps the answer, even one that a server gave which was still
 * starting: then nothing could be appended until the process ends.
 */
export async function supports(client: EventStoreDBClient, { path }: { readonly path: string }): Promise<boolean> {
  const supported = await client['execute'](featuresService.ServerFeaturesClient, 'getSupportedMethods', (grpc) => methodsOf(grpc))
  return supported
    .getMethodsList()
    .some((method) => `/${method.getServiceName()}/${method.getMethodName()}`.toLowerCase() === path.toLowerCase())
}

function methodsOf(grpc: ServerFeaturesClient): Promise<SupportedMethods> {
  return new Promise((resolve, reject) => {
    grpc.getSupportedMethods(new shared.Empty(), (error, methods) => (error ? reject(error) : resolve(methods)))
  })
}
