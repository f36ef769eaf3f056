import { createTheme, rem } from '@mantine/core'
import { listPlace } from './keepListInSight.ts'

/** Nothing that is typed here belongs into the browser's memory, nor into what it asks its maker about forms. */
const notFilledIn = { autoComplete: 'off' }

/** The colours also stand as variables in app.css; Mantine needs ten shades of each. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  primaryColor: 'teal',
  primaryShade: 4,
  autoContrast: true,
  defaultRadius: 6,
  fontSizes: { xs: rem(12), sm: rem(13), md: rem(14), lg: rem(16), xl: rem(20) },
  colors: {
    teal: ['#e3f8f5', '#c3ece6', '#9fded6', '#76d0c5', '#4cc2b4', '#37a799', '#2b857a', '#20665e', '#174a45', '#10332f'],
    dark: ['#e6e9ef', '#b4bbc8', '#98a1b0', '#5d6675', '#38404d', '#262c37', '#1b2029', '#14171e', '#101318', '#0b0d11'],
  },
  components: {
    Tooltip: {
      defaultProps: {
        openDelay: 400,
        withArrow: true,
        multiline: true,
        maw: 320,
        events: { hover: true, focus: true, touch: false },
      },
    },
    // Filled is the one that a screen says is next.
    Button: { defaultProps: { size: 'xs', variant: 'default' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Popover: { defaultProps: listPlace },
    InputWrapper: { defaultProps: { size: 'sm' } },
    InputDescription: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'xs', ...notFilledIn } },
    NativeSelect: { defaultProps: { size: 'xs', ...notFilledIn } },
    Select: {
      defaultProps: {
        size: 'xs',
        allowDeselect: false,
        maxDropdownHeight: 'min(220px, calc(var(--list-room) - 10px))',
        ...notFilledIn,
      },
    },
    NumberInput: { defaultProps: { size: 'xs', ...notFilledIn } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs', ...notFilledIn } },
    Switch: { defaultProps: { size: 'xs', ...notFilledIn } },
    Slider: { defaultProps: { size: 'sm' } },
  },
})

/** Of a light ground. A theme of its own: with a shade for each ground Mantine would choose the letters of both by the light one. */
export const lightTheme = createTheme({ ...theme, primaryShade: 7 })
