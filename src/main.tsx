import '@fontsource-variable/inter/wght.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { takeForgetMark } from './state/forgetMark.ts'
import './ui/app/mantine.css'
import './ui/app/app.css'

// Told by public/browser.js, which also says what is missing.
const isUnfit = document.documentElement.dataset.unfit !== undefined
if (!isUnfit) {
  const forgetMark = takeForgetMark(sessionStorage, Date.now())
  // The page that forgets has no session, so that nothing is kept by it.
  const page = forgetMark
    ? await import('./ui/app/ForgetPage.tsx').then(({ ForgetPage }) => <ForgetPage mark={forgetMark} />)
    : await import('./page.tsx').then(({ openPage }) => openPage())

  createRoot(document.getElementById('root')!).render(<StrictMode>{page}</StrictMode>)
}
