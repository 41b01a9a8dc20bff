/** What may stand in a question as a value; it is never pasted into the text. */
export type SqlValue = string | number | bigint | null

/** A question to a database: text and values apart. Made by `sql` alone. */
export interface Sql {
  /** One more than there are values. */
  readonly texts: readonly string[]
  readonly values: readonly SqlValue[]
}

/**
 * A question from a template: what is put in stands as a value, and a question within it as a part. So a text from outside can
 * only ever be a value.
 */
export function sql(template: TemplateStringsArray, ...inserted: readonly (SqlValue | Sql)[]): Sql {
  const texts = [template[0] ?? '']
  const values: SqlValue[] = []
  inserted.forEach((piece, at) => {
    const after = template[at + 1] ?? ''
    if (isSql(piece)) {
      appendTo(texts, piece.texts[0] ?? '')
      texts.push(...piece.texts.slice(1))
      values.push(...piece.values)
      appendTo(texts, after)
    } else {
      values.push(piece)
      texts.push(after)
    }
  })
  return { texts, values }
}

/** Parts in a row, with a separator such as `sql`, `` or `sql` AND ``. */
export function joinSql(parts: readonly Sql[], separator: Sql): Sql {
  return parts.reduce((all, part, at) => (at === 0 ? part : sql`${all}${separator}${part}`), sql``)
}

/** Values in a row, for `IN (…)`. Throws a RangeError for none: such a list is no SQL. */
export function sqlList(values: readonly SqlValue[]): Sql {
  if (values.length === 0) throw new RangeError('expected at least one value for a list, got none')
  return { texts: ['', ...values.slice(1).map(() => ', '), ''], values }
}

function isSql(piece: SqlValue | Sql): piece is Sql {
  return typeof piece === 'object' && piece !== null
}

function appendTo(texts: string[], text: string): void {
  texts[texts.length - 1] = `${texts.at(-1) ?? ''}${text}`
}
