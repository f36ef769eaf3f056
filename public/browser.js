// Runs before the program and says what a browser lacks that cannot run it, in the words of old browsers, which stop at newer ones.
;(function () {
  var simd = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]
  var has = function (test) {
    try {
      return Boolean(test())
    } catch (error) {
      console.warn(error)
      return false
    }
  }
  var wanted = [
    ['WebAssembly with SIMD, which computes', function () { return WebAssembly.validate(new Uint8Array(simd)) }],
    ['IndexedDB, which keeps what you draw', function () { return window.indexedDB }],
    ['DecompressionStream, which reads .gz files', function () { return window.DecompressionStream }],
    ['Array.prototype.toSorted', function () { return [].toSorted }],
    ['the selector :has() of CSS', function () { return CSS.supports('selector(:has(*))') }],
  ] // prettier-ignore
  var missing = wanted.filter(function (one) {
    return !has(one[1])
  })
  if (missing.length === 0) return
  document.documentElement.setAttribute('data-unfit', 'true')
  var said = document.getElementById('root').firstElementChild
  said.className = 'notBegun unfit'
  said.innerHTML =
    '<h1>Texel cannot work in this browser</h1><p>It lacks:</p><ul></ul>' +
    '<p>Texel works in Chrome and Edge from version 110, Firefox from 121 and Safari from 16.4. Update this browser, or open this page in another one.</p>'
  missing.forEach(function (one) {
    said.querySelector('ul').appendChild(document.createElement('li')).textContent = one[0]
  })
})()
