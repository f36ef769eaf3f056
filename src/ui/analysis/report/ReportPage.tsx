import { useEffect, useEffectEvent, useRef } from 'react'
import { flushSync } from 'react-dom'
import { questions, type Question, type ReportPart } from '../../../core/report/clauseMessages.ts'
import { anchor, drawReport, reportStyle } from '../../../io/results/reportFile.ts'
import type { ReportSection } from '../../../io/results/reportSections.ts'
import style from './reportPage.css?raw'

interface ReportPageProps {
  readonly title: string
  readonly sections: readonly ReportSection[]
  /** What is said of where a record leads; null where it leads nowhere. */
  readonly nameLead: (record: string) => string | null
  readonly onRecord: (record: string) => void
  readonly onQuestion: (question: Question) => void
  /** Of an item of a checklist, by `itemKey`. */
  readonly onItem: (key: string) => void
  /** Where somebody wants to read. */
  readonly shown: { readonly of: ReportPart } | null
}

/**
 * The page as it prints, made by what makes the file. It stands in a tree of its own, where the program's styles do not reach it; its
 * values lead to what is behind them, one stop of the keyboard a sentence.
 */
export function ReportPage({ title, sections, nameLead, onRecord, onQuestion, onItem, shown }: ReportPageProps) {
  const host = useRef<HTMLDivElement>(null)
  const name = useEffectEvent(nameLead)
  const act = useEffectEvent((target: EventTarget | null) => {
    const at = target instanceof Element ? target : null
    const record = at?.closest('.value') && at.closest<HTMLElement>('.leads')?.dataset.record
    const asked = at?.closest<HTMLElement>('[data-question]')?.dataset.question
    const question = questions.find((one) => one === asked)
    const item = at?.closest<HTMLElement>('[data-item]')?.dataset.item
    // React does not see which event it is in a tree of its own, and would let the next keys pass before it acts.
    flushSync(() => {
      if (record) onRecord(record)
      if (item) onItem(item)
      if (question) onQuestion(question)
    })
    return Boolean(record || question || item)
  })
  useEffect(() => {
    const root = host.current!.shadowRoot ?? host.current!.attachShadow({ mode: 'open' })
    root.innerHTML = `<style>${reportStyle}${style}</style><article class="report">${drawReport(title, sections, false).join('\n')}</article>`
    for (const sentence of root.querySelectorAll<HTMLElement>('[data-record]')) {
      const told = name(sentence.dataset.record!)
      const [first, ...others] = sentence.querySelectorAll<HTMLElement>('.value')
      if (told === null || !first) continue
      sentence.classList.add('leads')
      for (const value of [first, ...others]) value.title = told
      Object.assign(first, { tabIndex: 0, role: 'link' })
    }
    for (const item of root.querySelectorAll<HTMLElement>('[data-item]')) {
      const [number, name] = item.children
      const state = item.children[item.children.length - 2]
      const button = Object.assign(document.createElement('span'), { tabIndex: 0, role: 'button', title: 'Say what holds' })
      button.setAttribute('aria-label', `${number.textContent} ${name.textContent}: ${state.textContent}`)
      button.append(...state.childNodes)
      state.append(button)
    }
    for (const question of root.querySelectorAll<HTMLElement>('[data-question]'))
      Object.assign(question, { tabIndex: 0, role: 'button', title: 'Answer it' })
  }, [title, sections])
  useEffect(() => {
    const root = host.current!.shadowRoot!
    const click = (event: Event) => void act(event.target)
    const press = (event: Event) => {
      if (event instanceof KeyboardEvent && event.key === 'Enter' && act(event.target)) event.preventDefault()
    }
    root.addEventListener('click', click)
    root.addEventListener('keydown', press)
    return () => {
      root.removeEventListener('click', click)
      root.removeEventListener('keydown', press)
    }
  }, [])
  useEffect(() => {
    if (shown === null) return
    const heading = host.current!.shadowRoot!.querySelector<HTMLElement>(`#${anchor(shown.of)} > :is(h1, h2)`)
    heading?.scrollIntoView({ block: 'start' })
    heading?.focus({ preventScroll: true })
  }, [shown])
  return <div ref={host} />
}
