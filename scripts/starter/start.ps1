# Serves the folder app on this computer only, with the headers and types of server.json. Windows PowerShell 5.1 or later, no
# administrator: every user may listen on localhost.
$ErrorActionPreference = 'Stop'
$settings = Get-Content -Raw -Encoding UTF8 -LiteralPath (Join-Path $PSScriptRoot 'server.json') | ConvertFrom-Json
$app = [IO.Path]::GetFullPath((Join-Path $PSScriptRoot 'app')) + [IO.Path]::DirectorySeparatorChar
$address = "http://localhost:$($settings.port)/"
$types = @{}
foreach ($type in $settings.types.PSObject.Properties) { $types[$type.Name] = $type.Value }

$listener = New-Object Net.HttpListener
$listener.Prefixes.Add($address)
try { $listener.Start() } catch {
  Write-Host "Texel could not take port $($settings.port) of this computer: $($_.Exception.Message)"
  Write-Host "If Texel is running already, open $address in the browser. If it is another program, end that one and start again."
  exit 1
}
Write-Host "Texel is ready: $address  (this computer only)"
Write-Host 'Leave this window open while you work. Ctrl+C ends it; work stays in the browser of this computer.'
Start-Process $address

try {
  while ($listener.IsListening) {
    # In short waits, so that Ctrl+C is heard.
    $next = $listener.GetContextAsync()
    while (-not $next.Wait(200)) { }
    $request = $next.Result.Request
    $response = $next.Result.Response
    try {
      foreach ($header in $settings.headers.PSObject.Properties) { $response.Headers.Set($header.Name, $header.Value) }
      $name = [Uri]::UnescapeDataString($request.Url.AbsolutePath).TrimStart('/')
      if ($name -eq '') { $name = 'index.html' }
      $path = [IO.Path]::GetFullPath([IO.Path]::Combine($app, $name))
      if ($request.HttpMethod -notin 'GET', 'HEAD') {
        $response.StatusCode = 405
      } elseif (-not $path.StartsWith($app, [StringComparison]::OrdinalIgnoreCase) -or -not [IO.File]::Exists($path)) {
        $response.StatusCode = 404
      } else {
        $type = $types[[IO.Path]::GetExtension($path).ToLowerInvariant()]
        if (-not $type) { $type = 'application/octet-stream' }
        $content = [IO.File]::ReadAllBytes($path)
        $response.ContentType = $type
        $response.ContentLength64 = $content.Length
        if ($request.HttpMethod -eq 'GET') { $response.OutputStream.Write($content, 0, $content.Length) }
      }
      $response.Close()
    } catch {
      # A browser that no longer waits for a file ends that one answer, not the server.
      Write-Host "An answer was not sent: $($_.Exception.Message)"
      $response.Abort()
    }
  }
} finally {
  $listener.Close()
}
