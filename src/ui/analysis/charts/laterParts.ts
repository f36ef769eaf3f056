import { laterPart } from '../../shared/laterPart.tsx'

export const Chart = laterPart(() => import('../../../charts/Chart.tsx').then((file) => file.Chart))
