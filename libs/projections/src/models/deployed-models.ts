import { instantOf } from '../registers/register-page.ts'
import { type Asking, inForceFor, type Tables } from '../registers/register-reader.ts'
import type { ModelTables } from './model-tables.ts'

/** `DeployedModel` of the API. */
export interface DeployedModel {
  readonly model: string
  readonly name: string | null
  readonly version: string
  readonly environment: string
  readonly share: number | null
  readonly since: string
  readonly event: string
  readonly approval: string | null
  readonly approvalInForce: boolean
}

const MOST = 500

/** What of a model is deployed now. */
export async function deploymentsOfModel(tables: Tables, asking: Asking, model: string): Promise<DeployedModel[]> {
  const rows = await deploymentRows(tables, asking.workspace, [model])
  return Promise.all(rows.map((row) => deployed(tables, asking, row)))
}

/** What is deployed for a system: under its name, or without a name if it depends on the model. */
export async function deploymentsOfSystem(tables: Tables, asking: Asking, system: string): Promise<DeployedModel[]> {
  const { workspace } = asking
  const used = await tables.query
    .selectFrom('use')
    .select('model')
    .where('workspace', '=', workspace)
    .where('system', '=', system)
    .execute()
  const needed = await tables.query
    .selectFrom('dependency')
    .select('target')
    .where('workspace', '=', workspace)
    .where('system', '=', system)
    .where('target', 'like', 'model:%')
    .execute()
  const models = new Set([
    ...used.map(({ model }) => model),
    ...needed.map(({ target }) => target.slice('model:'.length).replace(/@.*$/, '')),
  ])
  const rows = models.size === 0 ? [] : await deploymentRows(tables, workspace, [...models].slice(0, MOST))
  const own = rows.filter(({ systems }) => {
    const named: string[] = JSON.parse(systems)
    return named.length === 0 || named.includes(system)
  })
  return Promise.all(own.map((row) => deployed(tables, asking, row)))
}

type DeploymentRow = ModelTables['deployment'] & { readonly name: string | null }

function deploymentRows(tables: Tables, workspace: string, models: readonly string[]): Promise<DeploymentRow[]> {
  return tables.query
    .selectFrom('deployment')
    .leftJoin('model', (join) => join.onRef('model.workspace', '=', 'deployment.workspace').onRef('model.id', '=', 'deployment.model'))
    .selectAll('deployment')
    .select('model.name')
    .where('deployment.workspace', '=', workspace)
    .where('deployment.model', 'in', [...models])
    .orderBy('deployment.model')
    .orderBy('deployment.environment')
    .orderBy('deployment.version')
    .limit(MOST)
    .execute()
}

async function deployed(tables: Tables, asking: Asking, row: DeploymentRow): Promise<DeployedModel> {
  const { model, name, version, environment, share, since, event } = row
  const inForce = await inForceFor(tables, asking, `model:${model}@${version}`)
  const approval = row.approval ?? inForce?.approval ?? null
  return { model, name, version, environment, share, since: instantOf(since), event, approval, approvalInForce: inForce !== null }
}
