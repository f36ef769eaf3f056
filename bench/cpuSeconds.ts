/** Seconds of the processor, all threads of this process, since `process.cpuUsage()` gave `started`: a busy machine changes them little. */
export function cpuSeconds(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started)
  return (user + system) / 1e6
}
