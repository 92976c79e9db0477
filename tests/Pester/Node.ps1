# What the specs of a node share. The cmdlets act on the network namespace of their process, so theirs run in a
# pwsh inside a throw-away namespace, which the specs use as a remote session.

$ErrorActionPreference = 'Stop'

# A session in a pwsh that the given command line starts.
function New-ProcessSession([string[]] $Launcher, [string] $Name) {
    $instance = [System.Management.Automation.Runspaces.PowerShellProcessInstance]::new()
    $start = $instance.Process.StartInfo
    # The pwsh of a tool package may be run by its owner alone, and as a library by everybody.
    $words = $Launcher + ($env:DOTNET_ROOT ? "$env:DOTNET_ROOT/dotnet", "$PSHOME/pwsh.dll" : "$PSHOME/pwsh")
    $start.FileName, $words = $words + $start.ArgumentList
    $start.ArgumentList.Clear()
    $words | ForEach-Object { $start.ArgumentList.Add($_) }
    $runspace = [runspacefactory]::CreateOutOfProcessRunspace($null, $instance)
    $runspace.Open()
    $session = [System.Management.Automation.Runspaces.PSSession]::Create($runspace, 'Process', $null)
    $session.Name = $Name
    $manifest = "$((Get-Module -Name EgressNet).ModuleBase)/EgressNet.psd1"
    Invoke-Command $session {
        Import-Module -Name $using:manifest

        # What a rehearsal says, and all that it puts out besides.
        function Get-WhatIf([scriptblock] $Script) {
            $file = New-TemporaryFile
            $null = Start-Transcript $file -UseMinimalHeader
            & $Script
            $null = Stop-Transcript
            (Get-Content $file) -like 'What if: *'
            Remove-Item $file
        }
    }
    $session
}

function Remove-ProcessSession([System.Management.Automation.Runspaces.PSSession] $Session) {
    if ($Session) {
        $id = Invoke-Command $Session { $PID }
        Remove-PSSession $Session
        Stop-Process -Id $id
    }
}

# A node: a session in a namespace of its name, which forwards, with addresses by which it could be known. -Off:
# one that does not forward.
function Start-Node([switch] $Off) {
    $name = Get-FreshNamespace -Link -Address '192.0.2.10/24', 'fd00:2::10/64'
    $session = New-ProcessSession ip, netns, exec, $name $name
    Set-Forwarding $session (-not $Off)
    $session
}

function Stop-Node([System.Management.Automation.Runspaces.PSSession] $Node) {
    if ($Node) {
        Remove-ProcessSession $Node
        Remove-IfThere $Node.Name
    }
}

function Invoke-Node([scriptblock] $ScriptBlock) {
    Invoke-Command $node $ScriptBlock
}

# The job of a script block: its Output, Error, Warning and Verbose.
function Get-NodeJob([scriptblock] $ScriptBlock) {
    $job = Invoke-Command $node $ScriptBlock -AsJob | Wait-Job
    $job.ChildJobs[0]
}

# One error, nothing else, with this id and category; returns it.
function Assert-NodeFault([scriptblock] $ScriptBlock, [string] $Id, [string] $Category) {
    $ErrorActionPreference = 'Continue'
    $all = @(try { Invoke-Command $node $ScriptBlock 2>&1 } catch { $_ })
    $all | Should -HaveCount 1
    $all[0] | Should -BeOfType System.Management.Automation.ErrorRecord
    $all[0].FullyQualifiedErrorId | Should -BeLike "$Id,EgressNet.Commands.*Command"
    $all[0].CategoryInfo.Category | Should -Be $Category
    $all[0]
}

function Set-Forwarding([System.Management.Automation.Runspaces.PSSession] $Session, [int] $Value) {
    Invoke-Command $Session {
        foreach ($setting in 'ipv4/ip_forward', 'ipv6/conf/all/forwarding') {
            [System.IO.File]::WriteAllText("/proc/sys/net/$setting", $using:Value)
        }
    }
}

function Get-Setting([string[]] $Setting) {
    Invoke-Node { Get-Content ($using:Setting).ForEach({ "/proc/sys/net/$_" }) }
}

# Skips the test where it needs a program that is not there.
function Assert-Program([string] $Name) {
    if (-not (Test-Program $Name)) {
        Set-ItResult -Skipped -Because "it needs the $Name program"
    }
}

# What nft says of the node's packet filter.
function Invoke-Nft {
    Assert-Program nft
    $text = nsenter --net=/run/netns/$($node.Name) nft @args 2>&1
    if ($LASTEXITCODE -ne 0) {
        throw "nft $args`: $text"
    }

    $text
}

# The elements of one of the table's sets or maps, each as nft prints it: plain, with a comment, or mapped.
function Get-NftElement([string] $Set) {
    $all = (Invoke-Nft -j list ruleset | ConvertFrom-Json).nftables | ForEach-Object { $_.set ?? $_.map }
    ($all | Where-Object name -EQ $Set).elem | Where-Object { $_ }
}

# The addresses in one of the table's sets or maps.
function Get-NftKey([string] $Set) {
    foreach ($element in @(Get-NftElement $Set)) {
        while ($element -isnot [string]) {
            $element = $element -is [array] ? $element[0] : $element.elem ?? $element.val
        }

        $element
    }
}

# The exit code of ping: 0 where the address answers, 1 where nobody does.
function Get-PingResult([string] $Namespace, [string] $Address, [double] $Wait = 1) {
    Assert-Program ping
    $null = nsenter --net=/run/netns/$Namespace ping -c 1 -W $Wait $Address 2>&1
    $LASTEXITCODE
}

# Everything of the node and of containers that a spec could disturb; of the packet filter as far as nft can tell.
function Get-NodeDump([string[]] $Container) {
    $parts = @(foreach ($each in @($node.Name) + $Container | Where-Object { $_ }) { Get-Dump $each })
    if (Test-Program nft) {
        $parts += Invoke-Nft -s list ruleset
    }

    $parts += "forwarding $(Get-Setting ipv4/ip_forward, ipv6/conf/all/forwarding)"
    # Link-local addresses come in their own time, and ip complains of others' namespaces that go while it looks.
    ($parts -join "`n").Split("`n") -notmatch 'fe80:|^Error: Peer netns' -join "`n"
}

# The same lines in any order: what was made again goes to the end of a list. -Plain: without its numbers.
function Get-SortedDump([string[]] $Container, [switch] $Plain) {
    $text = Get-NodeDump $Container
    if ($Plain) {
        $text = $text -replace '(?m)^\d+: |@\w+(?=:)| link-netns(id)? \S+'
    }

    $text.Split("`n") | Sort-Object -CaseSensitive | Join-String -Separator "`n"
}

# The kernel takes the veths of a namespace away in its own time.
function Wait-LinkGone([string] $Name) {
    for ($i = 0; $i -lt 100; $i++) {
        $null = ip -n $node.Name link show dev $Name 2>&1
        if ($LASTEXITCODE -ne 0) {
            return
        }

        Start-Sleep -Milliseconds 50
    }

    throw "$Name does not go."
}
