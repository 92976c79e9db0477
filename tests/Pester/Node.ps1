# What the specs of a node share. The cmdlets act on the network namespace of their process, so theirs run in a process
# of its own inside a throw-away one: pwsh where the specs run in it, the program that stands for it elsewhere. The spec
# sends it text and gets back what came out.

# Why the specs of a node cannot run here, as the tail of a block's name; empty where they can.
function Get-NodeObstacle([string] $SpecFolder) {
    $obstacle = Get-Obstacle
    if ($obstacle) {
        return $obstacle
    }

    if (-not (Get-Command -Name nft -CommandType Application -ErrorAction Ignore)) {
        return ' (needs the nft program)'
    }

    if (@(Get-NodeProgram $SpecFolder).Count -eq 0) {
        return ' (needs EgressNet.Shell to be built)'
    }

    ''
}

function Get-NodeProgram([string] $SpecFolder) {
    if ([System.IO.Path]::GetFileName([System.Environment]::ProcessPath) -eq 'pwsh') {
        return [System.Environment]::ProcessPath, '-NoProfile', '-NonInteractive', '-File'
    }

    $shell = Get-Shell $SpecFolder
    if ($shell) {
        'dotnet', $shell
    }
}

# A node: a namespace that forwards, with addresses by which it could be known, and a process inside. -Off: one that
# does not forward.
function Start-Node([string] $SpecFolder, [switch] $Off) {
    $name = Get-FreshNamespace -Link -Address '192.0.2.10/24', 'fd00:2::10/64'
    if (-not $Off) {
        $null = ip netns exec $name sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding'
    }

    $socket = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), (Get-NewName))
    $server = [System.IO.Pipes.NamedPipeServerStream]::new($socket, 'InOut', 1, 'Byte', 'Asynchronous')
    $start = [System.Diagnostics.ProcessStartInfo]::new('ip')
    $words = @('netns', 'exec', $name) + @(Get-NodeProgram $SpecFolder) +
        @("$SpecFolder/NodeSession.ps1", $socket, (Get-Module -Name EgressNet).Path)
    foreach ($word in $words) {
        $start.ArgumentList.Add($word)
    }

    $process = [System.Diagnostics.Process]::Start($start)
    if (-not $server.WaitForConnectionAsync().Wait(60000)) {
        throw "The process inside $name does not answer."
    }

    @{
        Name = $name
        Process = $process
        Server = $server
        Reader = [System.IO.StreamReader]::new($server)
        Writer = [System.IO.StreamWriter]::new($server)
    }
}

function Stop-Node([System.Collections.IDictionary] $Node) {
    if ($Node) {
        $Node.Server.Dispose()
        if (-not $Node.Process.WaitForExit(10000)) {
            $Node.Process.Kill($true)
        }

        $Node.Process.Dispose()
        Remove-IfThere $Node.Name
    }
}

# Runs text on the spec's $node, and sorts what comes out: Output, Errors, Warnings, Verbose, and the Lines that a
# person would have seen. Variables stay for the next text. What comes back are copies.
function Get-NodeTrial([string] $Text) {
    $bytes = [System.Text.Encoding]::UTF8.GetBytes($Text)
    $node.Writer.WriteLine([System.Convert]::ToBase64String($bytes))
    $node.Writer.Flush()
    $reading = $node.Reader.ReadLineAsync()
    if (-not $reading.Wait(120000) -or $null -eq $reading.Result) {
        throw "No answer to: $Text"
    }

    $answer = [System.Convert]::FromBase64String($reading.Result)
    [System.Management.Automation.PSSerializer]::Deserialize([System.Text.Encoding]::UTF8.GetString($answer))
}

# The same where no error is expected: what comes out alone.
function Invoke-Node([string] $Text) {
    $trial = Get-NodeTrial $Text
    if ($trial.Errors.Count -gt 0) {
        throw "${Text}: $($trial.Errors[0].Message) ($($trial.Errors[0].Id))"
    }

    $trial.Output
}

# One error, nothing else, with this id and category; returns it.
function Assert-NodeFault([string] $Text, [string] $Id, [string] $Category) {
    $trial = Get-NodeTrial $Text
    $trial.Errors | Should -HaveCount 1 -Because "'$Text' is one error: $($trial.Errors | ForEach-Object Message)"
    $trial.Output | Should -HaveCount 0
    $fault = $trial.Errors[0]
    $fault.Id | Should -BeLike "$Id,EgressNet.Commands.*Command"
    $fault.Category | Should -Be $Category
    $fault
}

# nft's own words on the node's packet filter; JSON with -j, as a list of one kind of object.
function Get-NftText([string] $Name = $node.Name) {
    @(ip netns exec $Name nft -s list ruleset 2>&1) | ForEach-Object { "$_" }
}

function Get-NftJson([string] $Kind) {
    $text = (ip netns exec $node.Name nft -j list ruleset 2>&1) -join ''
    foreach ($entry in [System.Text.Json.JsonDocument]::Parse($text).RootElement.GetProperty('nftables').EnumerateArray()) {
        $object = ConvertFrom-Element $entry
        if ($object.Contains($Kind)) {
            $object[$Kind]
        }
    }
}

# The elements of one of the table's sets or maps, each as nft prints it: plain, with a comment, or mapped.
function Get-NftElement([string] $Set) {
    $found = @(@(Get-NftJson 'set') + @(Get-NftJson 'map') | Where-Object { $_ -and $_.name -eq $Set })
    $found | ForEach-Object { if ($_.Contains('elem')) { $_.elem } }
}

# The addresses in one of the table's sets or maps.
function Get-NftKey([string] $Set) {
    foreach ($element in @(Get-NftElement $Set)) {
        while ($element -isnot [string]) {
            $element = if ($element -is [array]) { $element[0] }
            elseif ($element.Contains('elem')) { $element.elem }
            else { $element.val }
        }

        $element
    }
}

function Get-Setting([string] $Namespace, [string] $Setting) {
    "$(ip netns exec $Namespace cat "/proc/sys/net/$Setting" 2>&1)"
}

# Everything of the node and of containers that a spec could disturb.
function Get-NodeDump([string[]] $Container) {
    $parts = @(foreach ($each in @($node.Name) + $Container | Where-Object { $_ }) { Get-Dump $each })
    $parts += Get-NftText
    $parts += foreach ($setting in 'ipv4/ip_forward', 'ipv6/conf/all/forwarding') { "$setting $(Get-Setting $node.Name $setting)" }
    # Link-local addresses come in their own time, and ip complains of others' namespaces that go while it looks.
    $lines = ($parts -join "`n").Split("`n") | Where-Object { $_ -notlike '*fe80:*' -and $_ -notlike 'Error: Peer netns*' }
    $lines -join "`n"
}

# The same lines in any order: what was made again goes to the end of a list. -Plain: without the numbers that it gets.
function Get-SortedDump([string[]] $Container, [switch] $Plain) {
    $text = Get-NodeDump $Container
    if ($Plain) {
        $text = $text -replace '(?m)^\d+: |@\w+(?=:)| link-netns(id)? \S+'
    }

    $lines = $text.Split("`n")
    [System.Array]::Sort($lines, [System.StringComparer]::Ordinal)
    $lines -join "`n"
}

# The kernel takes the veths of a namespace away in its own time.
function Wait-LinkGone([string] $Name) {
    for ($i = 0; $i -lt 100; $i++) {
        $null = ip -n $node.Name link show dev $Name 2>&1
        if ($LASTEXITCODE -ne 0) {
            return
        }

        [System.Threading.Thread]::Sleep(50)
    }

    throw "$Name does not go."
}
