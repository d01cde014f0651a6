import { getRouteApi } from '@tanstack/react-router'
import { EventOpen } from '../audit-trail/event-open.tsx'
import { exactNumber, grouped } from '../format/numbers.ts'
import { words } from '../format/words.ts'
import { Page, WhatIsRead } from '../frame/page.tsx'
import { useReading } from '../reading/use-reading.ts'
import { NoSuchThing } from '../things/no-such-thing.tsx'
import { RoomLink, ThingLink } from '../things/thing-link.tsx'
import { Timeline } from '../things/timeline.tsx'
import { titleOf } from '../things/vocabulary.ts'
import { MonoId } from '../ui/copy.tsx'
import { Instant } from '../ui/instant.tsx'
import { Row, Rows } from '../ui/rows.tsx'
import { Card, Nothing, Section } from '../ui/section.tsx'
import { SimpleTable } from '../ui/simple-table.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { type Dataset, datasetQuery } from './datasets-documents.ts'

const route = getRouteApi('/w/$workspace/datasets/$id')

export function DatasetPage() {
  const { id } = route.useParams()
  const { reading, again } = useReading(datasetQuery, { id })
  const dataset = reading.status === 'read' ? reading.data.dataset : null
  return (
    <Page
      title={dataset?.name ?? id}
      above={
        <>
          <RoomLink to="/datasets">Datasets</RoomLink>
          <span aria-hidden>/</span>
          <span className="font-mono">{id}</span>
        </>
      }
    >
      <WhatIsRead reading={reading} again={again} what="The dataset" loading={<Skeleton lines={12} what="the dataset" />}>
        {(data) => (data.dataset === null ? <NoSuchThing what="dataset" list="/datasets" /> : <DatasetParts dataset={data.dataset} />)}
      </WhatIsRead>
    </Page>
  )
}

function DatasetParts({ dataset }: { readonly dataset: Dataset }) {
  const about = `dataset:${dataset.id}`
  const search = `about:${about}`
  return (
    <>
      <Section title="Facts">
        <Card className="grid gap-x-8 gap-y-4 p-4 lg:grid-cols-2">
          <Rows>
            <Row label="Source">{dataset.source ?? '–'}</Row>
            <Row label="Owner">{dataset.owner ?? '–'}</Row>
            <Row label="Sensitivity">{dataset.sensitivity === null ? '–' : titleOf(dataset.sensitivity)}</Row>
            <Row label="Legal basis">{dataset.legalBasis === null ? '–' : titleOf(dataset.legalBasis)}</Row>
          </Rows>
          <Rows>
            <Row label="Region">{dataset.region ?? '–'}</Row>
            <Row label="Registered">
              <RoomLink to="/events" search={`${search} type:DatasetRegistered`} tip="The event that says so">
                <Instant at={dataset.registeredAt} />
              </RoomLink>
            </Row>
            <Row label="Events">
              <RoomLink to="/events" search={search}>
                {grouped(dataset.events)}
              </RoomLink>
            </Row>
            <Row label="Used by">
              {dataset.usedBy.length === 0 ? (
                'Nothing, as far as the record says'
              ) : (
                <span className="flex flex-wrap gap-x-2 gap-y-1">
                  {dataset.usedBy.map((reference) => (
                    <ThingLink key={reference} reference={reference} />
                  ))}
                </span>
              )}
            </Row>
          </Rows>
        </Card>
      </Section>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-2">
        <Versions dataset={dataset} />
        <Quality dataset={dataset} search={search} />
      </div>
      <Timeline filter={{ about: [about] }} search={search} />
    </>
  )
}

function Versions({ dataset: { versions } }: { readonly dataset: Dataset }) {
  const rows = versions.edges.map(({ node }) => node)
  return (
    <Section title="Versions">
      <Card>
        {rows.length === 0 ? (
          <Nothing title="No version is recorded." />
        ) : (
          <SimpleTable
            label="Versions"
            rows={rows}
            keyOf={({ event }) => event}
            columns={[
              { title: 'Version', cell: ({ version, event }) => <EventOpen event={event}>{version}</EventOpen> },
              { title: 'Rows', align: 'right', cell: ({ rows: count }) => (count === null ? '–' : grouped(Number(count))) },
              { title: 'SHA-256', wideOnly: true, cell: ({ sha256 }) => (sha256 === null ? '–' : <MonoId text={sha256} what="digest" />) },
              { title: 'Registered', wideOnly: true, cell: ({ registeredAt }) => <Instant at={registeredAt} /> },
            ]}
          />
        )}
      </Card>
    </Section>
  )
}

function Quality({ dataset: { quality }, search }: { readonly dataset: Dataset; readonly search: string }) {
  return (
    <Section title="Quality, as last measured">
      <Card>
        {quality.length === 0 ? (
          <Nothing title="Its quality was not measured." />
        ) : (
          <SimpleTable
            label="Quality"
            rows={quality}
            keyOf={({ name }) => name}
            columns={[
              { title: 'Dimension', cell: ({ name }) => words(name) },
              {
                title: 'Value',
                align: 'right',
                cell: ({ value }) => (
                  <RoomLink to="/events" search={`${search} type:DataQualityMeasured`}>
                    {exactNumber(value)}
                  </RoomLink>
                ),
              },
            ]}
          />
        )}
      </Card>
    </Section>
  )
}
