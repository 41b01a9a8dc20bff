export interface ClientAnswer {
  names: string[]
  rows: (string | null)[][]
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' }

/**
 * Reads what `mysql --xml` prints: one result set for each statement that gives rows. It is read as what that program writes,
 * not as XML: a value may hold any byte, and only `<`, `>`, `"` and `&` are written as entities.
 */
export function parseMysqlXml(text: string): ClientAnswer[] {
  return text
    .split(/<resultset statement="[^"]*"[^>]*>/)
    .slice(1)
    .map(readResultset)
}

function readResultset(text: string): ClientAnswer {
  const names: string[] = []
  const rows: (string | null)[][] = []
  for (const [, row = ''] of text.matchAll(/<row>([\s\S]*?)<\/row>/g)) {
    const cells: (string | null)[] = []
    for (const [, name = '', isNull, value = ''] of row.matchAll(
      /<field name="([^"]*)"(?:( xsi:nil="true") \/>|>([^<]*)<\/field>)/g,
    )) {
      if (rows.length === 0) names.push(plain(name))
      cells.push(isNull === undefined ? plain(value) : null)
    }
    rows.push(cells)
  }
  return { names, rows }
}

function plain(text: string): string {
  return text.replace(/&(lt|gt|quot|amp);/g, (entity, name: string) => entities[name] ?? entity)
}
