import type { Tx } from '@/lib/db'

const key = 'second-factor-required'

/** Whether everybody must have a second factor. */
export async function isSecondFactorRequired(tx: Tx): Promise<boolean> {
  return (await tx.setting.findUnique({ where: { key }, select: { value: true } }))?.value === 'yes'
}

/** Sets whether everybody must have one. Gives whether that is new. */
export async function setSecondFactorRequired(tx: Tx, required: boolean): Promise<boolean> {
  if ((await isSecondFactorRequired(tx)) === required) return false
  const value = required ? 'yes' : 'no'
  await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } })
  return true
}
