import { type AnnalCloudEvent, type Imported, leftOut, sha256, slug } from './foreign-event.ts'

/** A webhook delivery of MLflow's model registry: headers and the exact body. */
export interface MlflowDelivery {
  readonly headers: Readonly<Record<string, string>>
  readonly body_exact: string
}

/** The registry's models, versions and stages become Annal's; tags and prompts have no event type of their own yet. */
export function importMlflow({ headers, body_exact }: MlflowDelivery): Imported {
  const { entity, action, timestamp, data } = JSON.parse(body_exact)
  const event = (type: `annal.${string}`, fields: Readonly<Record<string, unknown>>): Imported => {
    const imported: AnnalCloudEvent = {
      specversion: '1.0',
      type,
      source: '/mlflow/model-registry',
      id: headers['X-MLflow-Delivery-Id'] ?? sha256(body_exact),
      time: timestamp,
      data: fields,
    }
    return { status: 'imported', events: [imported] }
  }
  switch (`${entity}.${action}`) {
    case 'registered_model.created':
      return event('annal.ModelRegistered', { model: slug(data.name), name: data.name, task: 'not stated by MLflow', owner: 'mlflow' })
    case 'model_version.created':
      return event('annal.ModelVersionRegistered', {
        model: slug(data.name),
        version: data.version,
        artifact: { provider: 'mlflow', model: data.name, snapshot: data.source, promptSha256: sha256(data.run_id) },
      })
    case 'model_version_alias.created':
      return event('annal.DocumentAttached', {
        system: slug(data.name),
        kind: 'change-record',
        title: `Alias ${data.alias} names version ${data.version} of ${data.name}`,
        uri: `urn:mlflow:alias:${slug(data.name)}:${slug(data.alias)}`,
        sha256: sha256(body_exact),
        validFrom: String(timestamp).slice(0, 10),
      })
    default:
      return leftOut(`${entity}.${action} has no event type`)
  }
}
