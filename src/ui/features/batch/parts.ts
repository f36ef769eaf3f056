export { BatchColumn } from './BatchColumn.tsx'
export { BatchPanel } from './BatchPanel.tsx'
