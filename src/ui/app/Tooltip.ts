/* A file of its own, so that it is loaded without the rest of its library's components. */
export { Tooltip } from '@mantine/core'
