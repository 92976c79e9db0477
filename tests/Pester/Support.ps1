# What the specs share: namespaces of their own, and ip(8) as the judge of what the kernel has.

# Why live specs cannot run here, as the tail of a block's name; empty where they can.
function Get-Obstacle {
    if (-not (Get-Command -Name ip -CommandType Application -ErrorAction Ignore)) {
        return ' (needs the ip program)'
    }

    $line = [System.IO.File]::ReadAllLines('/proc/self/status') | Where-Object { $_.StartsWith('CapEff:') }
    $capabilities = [System.Convert]::ToUInt64($line.Substring(7).Trim(), 16)
    $needed = (1uL -shl 12) -bor (1uL -shl 21)
    if (($capabilities -band $needed) -ne $needed) {
        return ' (needs CAP_NET_ADMIN and CAP_SYS_ADMIN: root, or unshare -Urnm)'
    }

    $name = Get-NewName
    $null = ip netns add $name 2>&1
    if ($LASTEXITCODE -ne 0 -and [System.IO.FileInfo]::new('/proc/self/ns/user').LinkTarget -ne 'user:[4026531837]') {
        $null = mount -t tmpfs tmpfs /run 2>&1
        $null = ip netns add $name 2>&1
    }

    if ($LASTEXITCODE -ne 0) {
        return " (needs 'ip netns add' to work)"
    }

    $null = ip netns del $name 2>&1
    ''
}

function Get-NewName([string] $Prefix = 'egp') {
    $Prefix + [System.Security.Cryptography.RandomNumberGenerator]::GetHexString(8, $true)
}

function Invoke-Ip {
    $text = @(ip @args 2>&1)
    if ($LASTEXITCODE -ne 0) {
        throw "ip $args`: $text"
    }

    $text
}

# A namespace made by ip; with -Link, with the veth pair v0 and v1 inside, both up, without link-local addresses.
function Get-FreshNamespace([switch] $Link, [string[]] $Address) {
    $name = Get-NewName
    Invoke-Ip netns add $name
    Invoke-Ip -n $name link set lo up
    if ($Link) {
        Invoke-Ip -n $name link add v0 type veth peer name v1
        foreach ($end in 'v0', 'v1') {
            Invoke-Ip -n $name link set $end addrgenmode none
            Invoke-Ip -n $name link set $end up
        }
    }

    foreach ($one in $Address) {
        if ($one.Contains(':')) {
            Invoke-Ip -n $name address add $one dev v0 nodad
        }
        else {
            Invoke-Ip -n $name address add $one dev v0
        }
    }

    $name
}

function Remove-IfThere([string[]] $Namespace) {
    foreach ($name in $Namespace) {
        if ($name -and [System.IO.File]::Exists("/run/netns/$name")) {
            $null = ip netns del $name 2>&1
        }
    }
}

function ConvertFrom-Element([System.Text.Json.JsonElement] $Element) {
    switch ($Element.ValueKind.ToString()) {
        'Object' {
            $map = [ordered]@{}
            foreach ($property in $Element.EnumerateObject()) {
                $map[$property.Name] = ConvertFrom-Element $property.Value
            }

            $map
        }
        'Array' { , @(foreach ($item in $Element.EnumerateArray()) { ConvertFrom-Element $item }) }
        'Number' { $Element.GetInt64() }
        'True' { $true }
        'False' { $false }
        'Null' { $null }
        default { $Element.GetString() }
    }
}

# What ip -j -d says, object by object.
function Get-IpJson([string] $Namespace, [string] $Query) {
    $words = $Query.Split(' ')
    $text = (Invoke-Ip -n $Namespace -j -d @words) -join ''
    if ($text.Trim()) {
        $document = [System.Text.Json.JsonDocument]::Parse($text)
        foreach ($element in $document.RootElement.EnumerateArray()) {
            # ip fills lists of another family's objects with empty ones.
            if (@($element.EnumerateObject()).Count -gt 0) {
                ConvertFrom-Element $element
            }
        }
    }
}

function Get-IpRoute([string] $Namespace, [string] $Query = 'show') {
    Get-IpJson $Namespace "-4 route $Query"
}

# The lines of ip route, without the blank that ends each.
function Get-RouteText([string] $Namespace, [string] $Query = '-4 route show') {
    $words = $Query.Split(' ')
    Invoke-Ip -n $Namespace @words | ForEach-Object { "$_".Trim() } |
        Where-Object { $_ -and -not $_.StartsWith('fe80:') }
}

# Everything that a spec could disturb in a namespace; not the carrier, which the kernel reports up to a second late.
function Get-Dump([string] $Namespace) {
    @(
        Get-RouteText $Namespace '-d -o link show'
        Get-RouteText $Namespace '-d -o -4 address show'
        Get-RouteText $Namespace '-d -o -6 address show'
        Get-RouteText $Namespace '-d -4 route show table all'
        Get-RouteText $Namespace '-d -6 route show table all'
    ) -replace 'NO-CARRIER,|,LOWER_UP| state [A-Z]+| linkdown' -join "`n"
}

# That two dumps are alike; says only the lines that are not.
function Assert-Same([string] $Before, [string] $After) {
    $old, $new = $Before.Split("`n"), $After.Split("`n")
    $gone = @($old | Where-Object { $_ -cnotin $new })
    $come = @($new | Where-Object { $_ -cnotin $old })
    "$gone" | Should -BeExactly '' -Because 'no line may go'
    "$come" | Should -BeExactly '' -Because 'no line may come'
    $new | Should -BeExactly $old -Because 'the order stays'
}

# The caller's own interfaces, of which others may come and go meanwhile: only those of a spec's names.
function Get-HostLink([string] $Name) {
    $null = ip link show dev $Name 2>&1
    $LASTEXITCODE -eq 0
}

# Runs a script block whatever it does, and sorts what comes out.
function Invoke-Trial([scriptblock] $Script) {
    $ErrorActionPreference = 'Continue'
    $all = @(try { & $Script 2>&1 } catch { $_ })
    [pscustomobject]@{
        Output = @($all | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] })
        Errors = @($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
    }
}

# One error, nothing else, with this id and category; returns it.
function Assert-Fault([scriptblock] $Script, [string] $Id, [string] $Category) {
    $trial = Invoke-Trial $Script
    $trial.Errors | Should -HaveCount 1
    $trial.Output | Should -HaveCount 0
    $fault = $trial.Errors[0]
    $fault.FullyQualifiedErrorId | Should -BeLike "$Id,EgressNet.Commands.*Command"
    "$($fault.CategoryInfo.Category)" | Should -Be $Category
    $fault
}

function Get-Completion([string] $Text) {
    [System.Management.Automation.CommandCompletion]::CompleteInput($Text, $Text.Length, $null).CompletionMatches |
        ForEach-Object { $_.CompletionText }
}

# The program that runs scripts on the module, where it is built; $null elsewhere.
function Get-Shell([string] $SpecFolder) {
    foreach ($kind in 'debug', 'release') {
        $program = [System.IO.Path]::GetFullPath("$SpecFolder/../../artifacts/bin/EgressNet.Shell/$kind/EgressNet.Shell.dll")
        if ([System.IO.File]::Exists($program)) {
            return $program
        }
    }
}
