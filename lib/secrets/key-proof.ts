/** Where a store keeps a value sealed by its key: another key is noticed at once, not at the first sealed secret. */
export const keyProof = { table: 'setting', row: 'sealing-key-proof', field: 'value' }
