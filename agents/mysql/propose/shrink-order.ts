/** In this order values shrink until the peak fits; `fit.ts` says when the pool gives way in between. */
export const shrinkOrder: readonly (readonly string[])[] = [
  ['temptable_max_ram'],
  ['tmp_table_size', 'max_heap_table_size'],
  ['aria_sort_buffer_size', 'myisam_sort_buffer_size', 'bulk_insert_buffer_size'],
  ['max_allowed_packet'],
  ['join_buffer_size', 'read_rnd_buffer_size', 'read_buffer_size', 'sort_buffer_size'],
  ['table_open_cache', 'table_cache'],
  ['innodb_log_buffer_size'],
  ['aria_pagecache_buffer_size', 'key_buffer_size'],
]

/** So many groups give way before the pool goes below its claim: what a batch of Bacula does not use. */
export const beforeClaim = 4
