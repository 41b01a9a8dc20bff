'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { AccountFields } from '@/app/(main)/backups/connect/account-fields'
import {
  asDialect,
  atFields,
  connectChecks,
  emptyValues,
  placeInput,
  secretFields,
} from '@/app/(main)/backups/connect/connect-values'
import { PlaceFields } from '@/app/(main)/backups/connect/place-fields'
import { ReportView } from '@/app/(main)/backups/connect/report-view'
import { FormProblem } from '@/app/(main)/hosts/form-problem'
import { useDraftForm } from '@/app/(main)/hosts/use-draft-form'
import { SubmitButton } from '@/components/base/submit-button'
import { Note } from '@/components/show/finding'
import type { AccountChange } from '@/lib/catalog/account/account-change'
import type { CatalogReport } from '@/lib/catalog/store/catalog-report'
import { moveCatalogAction } from '../actions'

interface Placed {
  id: string
  way: string
  dialect: string
  host: { id: string; name: string } | null
  address: string | null
  port: number | null
  database: string | null
  login: string | null
  tls: string
  tlsCa: string | null
  path: string | null
  zone: string
  version: number
}

/** Where a catalog is and who reads it. It is tested with every saving, and kept as it was when that does not go well. */
export function MoveForm({ catalog, made }: { catalog: Placed; made: AccountChange | null }) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const [initial] = useState(() => valuesOf(catalog))
  const [report, setReport] = useState<CatalogReport | null>(null)
  const form = useDraftForm({
    key: `move-catalog-${catalog.id}`,
    initial,
    secret: secretFields,
    checks: { port: connectChecks.port, path: connectChecks.path },
  })
  const send = async () => {
    setReport(null)
    const place = placeInput(form.values, { hostId: catalog.host?.id, kept: catalog.id, made })
    const answer = await moveCatalogAction({ catalogId: catalog.id, version: catalog.version, place })
    if (!answer.ok) return form.refuse({ ...answer.error, fields: atFields(answer.error.fields) })
    form.refuse({ message: '' })
    // What was given is stored now, and no longer needed here.
    if ('account' in place) form.setMany({ accountKind: 'stored', password: '' })
    form.done()
    setReport(answer.data)
    router.refresh()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    startTransition(send)
  }
  const isFile = form.values.way === 'file' || form.values.way === 'host-file'
  return (
    <form onSubmit={onSubmit} noValidate aria-label="Where it is and who reads it">
      <PlaceFields form={form} hostName={catalog.host?.name ?? null} dialect={dialectOf(catalog)} />
      {isFile ? null : (
        <AccountFields
          form={form}
          owner={null}
          canUseDirectors={false}
          hasStored={catalog.login !== null}
          made={made}
        />
      )}
      <FormProblem>{form.problem || null}</FormProblem>
      {report ? (
        <div className="mb-6">
          <div className="mb-4 max-w-text">
            <Note status="ok" title="The test went well, and it is saved" live />
          </div>
          <ReportView report={report} zone={catalog.zone} />
        </div>
      ) : null}
      <SubmitButton pending={isPending} pendingText="Testing">
        Test and save
      </SubmitButton>
    </form>
  )
}

function dialectOf({ dialect }: Placed) {
  return dialect === 'sqlite' ? dialect : asDialect(dialect)
}

function valuesOf(catalog: Placed): Record<keyof typeof emptyValues, string> {
  return {
    ...emptyValues,
    way: catalog.way,
    dialect: asDialect(catalog.dialect),
    address: catalog.address ?? '127.0.0.1',
    port: String(catalog.port ?? emptyValues.port),
    database: catalog.database ?? emptyValues.database,
    tls: catalog.tls,
    tlsCa: catalog.tlsCa ?? '',
    path: catalog.path ?? '',
    accountKind: catalog.login === null ? 'own' : 'stored',
    login: catalog.login ?? emptyValues.login,
  }
}
