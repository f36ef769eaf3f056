/** First free byte: callers allocate from here on. */
export function heapBase(): usize { return __heap_base }
