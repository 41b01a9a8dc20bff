import { ButtonLink } from '@/components/base/button'
import { FilterBar } from '@/components/table/filter-bar'
import type { Params } from '@/components/table/sort'
import { isFiltered, type JobFilter, statusGroups } from '@/lib/catalog/jobs/job-filter'
import type { JobChoices } from '@/lib/catalog/jobs/list-jobs'
import { jobLevelWords, jobStatusWords, jobTypeWords, statusCodesOf } from '@/lib/catalog/rules'
import { CatalogTrouble } from '../catalog-trouble'
import type { PageReading } from '../read-for-page'

const groupWords: Readonly<Record<(typeof statusGroups)[number], string>> = {
  good: 'ended well',
  warned: 'with warnings',
  failed: 'failed',
  canceled: 'canceled',
  running: 'not ended',
  unknown: 'not known to Pollux',
}
const levels = ['F', 'D', 'I', 'f', 'S', 'B', 'V', 'C', 'O', 'd', 'A']
const types = ['B', 'R', 'V', 'D', 'C', 'c', 'M', 'g', 'A']
const severities = ['good', 'warned', 'failed', 'canceled', 'running', 'waiting'] as const

/** What the list can be narrowed by. A choice of the address that is not among the offered ones stays one. */
export async function JobFilters({
  path,
  params,
  filter,
  choices,
  zone,
}: {
  path: string
  params: Params
  filter: JobFilter
  choices: Promise<PageReading<JobChoices>>
  zone: string
}) {
  const reading = await choices
  if (!reading.ok) return <CatalogTrouble sentence={reading.trouble.message} />
  const { clients, jobNames } = reading.data
  return (
    <FilterBar
      path={path}
      params={params}
      keep={[
        'sort',
        'since',
        'fileset',
        ...(clients === null ? ['client'] : []),
        ...(jobNames === null ? ['name'] : []),
      ]}
      search={{ name: 'q', label: 'Job id or name' }}
      selects={[
        ...(clients === null ? [] : [{ name: 'client', label: 'Client', options: clientOptions(clients, filter) }]),
        ...(jobNames === null ? [] : [{ name: 'name', label: 'Name', options: nameOptions(jobNames, filter) }]),
        {
          name: 'level',
          label: 'Level',
          options: levels.map((code) => ({ value: code, label: jobLevelWords(code).words })),
        },
        { name: 'status', label: 'Status', options: statusOptions() },
        { name: 'type', label: 'Type', options: types.map((code) => ({ value: code, label: jobTypeWords(code) })) },
      ]}
      fields={[
        { name: 'from', label: 'From', type: 'date' },
        { name: 'to', label: 'to', type: 'date' },
        { name: 'log', label: 'Text in the log', type: 'search' },
      ]}
      right={
        isFiltered(filter) ? (
          <ButtonLink sm href={path} prefetch={false}>
            Show all jobs
          </ButtonLink>
        ) : (
          `days in ${zone}`
        )
      }
    />
  )
}

function clientOptions(clients: readonly { id: number; name: string }[], { clientId }: JobFilter) {
  const options = clients.map(({ id, name }) => ({ value: String(id), label: optionText(name) }))
  if (clientId === null || options.some(({ value }) => value === String(clientId))) return options
  return [...options, { value: String(clientId), label: `client ${clientId}, not in the catalog` }]
}

function nameOptions(names: readonly string[], { name }: JobFilter) {
  const all = name === null || names.includes(name) ? names : [...names, name]
  return all.filter((one) => one !== '').map((one) => ({ value: one, label: optionText(one) }))
}

function statusOptions() {
  const groups = statusGroups.map((group) => ({ value: group as string, label: groupWords[group] }))
  const codes = severities
    .flatMap(statusCodesOf)
    .map((code) => ({ value: code, label: `${code}: ${jobStatusWords(code).words}` }))
  return [...groups, ...codes]
}

/** An option holds plain text alone: characters that would move others or not be seen are left out of it. */
function optionText(name: string): string {
  const plain = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '�')
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain
}
