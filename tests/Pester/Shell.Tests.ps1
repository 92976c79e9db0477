BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
    $shell = Get-Shell $PSScriptRoot
    $shellless = if ($shell) { '' } else { ' (needs EgressNet.Shell to be built)' }
    $setpriv = Get-Command -Name setpriv -CommandType Application -ErrorAction Ignore
    $unprivileged = if (-not $setpriv) { ' (needs the setpriv program)' }
    elseif ([System.Environment]::UserName -ne 'root') { ' (needs root, to leave it)' }
    elseif ([System.IO.FileInfo]::new('/proc/self/ns/user').LinkTarget -ne 'user:[4026531837]') {
        ' (needs a user namespace that has uid 65534)'
    }
    elseif (-not $shellless -and -not (setpriv --reuid 65534 --regid 65534 --clear-groups sh -c 'test -r "$1" && echo yes' sh $shell)) {
        ' (needs this folder to be open to others)'
    }
    else { '' }
}

Describe "What a person sees$obstacle$shellless" -Skip:($obstacle -ne '' -or -not $shell) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $shell = Get-Shell $PSScriptRoot
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24'
        Invoke-Ip -n $ns route add 198.51.100.0/24 via 192.0.2.1 metric 10
        $null = New-EgressVeth eth0 $ns
    }

    AfterAll {
        Remove-IfThere $ns
    }

    Context 'tables' {
        BeforeAll {
            # One process for all of them; each table stands behind a line of its own.
            $json = '{ "ips": [ { "address": "10.0.0.5/24", "gateway": "10.0.0.1" } ], "routes": [ { "dst": "0.0.0.0/0" } ] }'
            $commands = @(
                "'== NetRoute'; Get-NetRoute 198* -NetNamespace $ns"
                "'== NetIPAddress'; Get-NetIPAddress 192* -NetNamespace $ns"
                "'== NetAdapter'; Get-NetAdapter v0 -NetNamespace $ns"
                "'== EgressVeth'; Get-EgressVeth -NetNamespace $ns"
                "'== NetNamespace'; Get-NetNamespace $ns"
                "'== CniIPAddress'; '$json' | ConvertFrom-CniResult"
                "'== CniNetRoute'; ('$json' | ConvertFrom-CniResult).Routes"
            )
            $tables = @{}
            $key = ''
            foreach ($command in $commands) {
                $key = $command.Split("'")[1].Substring(3)
                $tables[$key] = @(dotnet $shell -Command $command 2>&1 | ForEach-Object { "$_" } |
                        Where-Object { $_.Trim() -and -not $_.StartsWith('==') })
            }
        }

        It 'shows <Type> with the columns <Columns>' -ForEach @(
            @{ Type = 'NetRoute'; Columns = 'ifIndex DestinationPrefix NextHop RouteMetric Scope PreferredSource InterfaceAlias'; Row = '198.51.100.0/24 +192.0.2.1 +10 +Global +v0' }
            @{ Type = 'NetIPAddress'; Columns = 'ifIndex IPAddress PrefixLength AddressState Scope InterfaceAlias'; Row = '192.0.2.5 +24 +Preferred +Global +v0' }
            @{ Type = 'NetAdapter'; Columns = 'Name InterfaceDescription ifIndex Status MacAddress MtuSize NetNamespace'; Row = '^v0 +veth +\d+ +Up +[0-9a-f:]{17} +1500 +egp' }
            @{ Type = 'EgressVeth'; Columns = 'InterfaceAlias NetNamespace HostInterface Mtu Sandbox'; Row = '^eth0 +egp\w+ +veth[0-9a-f]{8} +1500 +/run/netns/' }
            @{ Type = 'NetNamespace'; Columns = 'Name Inode Path'; Row = '^egp\w+ +\d+ +/run/netns/egp' }
            @{ Type = 'CniIPAddress'; Columns = 'IPAddress PrefixLength Gateway Routes'; Row = '^10.0.0.5 +24 +10.0.0.1 +' }
            @{ Type = 'CniNetRoute'; Columns = 'DestinationPrefix NextHop'; Row = '^0.0.0.0/0 +10.0.0.1' }
        ) {
            $plain = @($tables[$Type] | ForEach-Object { $_ -replace "`e\[[0-9;]*m" })
            ($plain[0].Trim() -replace ' +', ' ') | Should -BeExactly $Columns
            $plain[-1] | Should -MatchExactly $Row
        }
    }

    Context "without any privilege$unprivileged" -Skip:($unprivileged -ne '') {
        BeforeAll {
            function Invoke-Nobody([string] $Command) {
                $env:HOME, $home1 = '/tmp', $env:HOME
                try {
                    @(setpriv --reuid 65534 --regid 65534 --clear-groups dotnet $shell -Command $Command 2>&1 |
                            ForEach-Object { "$_" -replace "`e\[[0-9;]*m" })
                }
                finally {
                    $env:HOME = $home1
                }
            }

            $before = Get-Dump $ns
            $name = Get-NewName 'egn'
            $index = (Get-NetAdapter lo).InterfaceIndex
            # Everything here is the caller's own namespace: another one cannot be entered without privilege.
            $writes = [ordered]@{
                'New-NetNamespace' = "New-NetNamespace $name"
                'Remove-NetNamespace' = "Remove-NetNamespace $ns"
                'New-EgressVeth' = "New-EgressVeth $name $ns"
                'New-NetIPAddress' = 'New-NetIPAddress 203.0.113.5/32 -InterfaceAlias lo'
                'Remove-NetIPAddress' = 'Remove-NetIPAddress 127.0.0.1 -InterfaceAlias lo'
                'New-NetRoute' = 'New-NetRoute 203.0.113.0/24 -InterfaceAlias lo -RouteTable 300'
                'Set-PointToPointGateway' = 'Set-PointToPointGateway 127.0.0.1/8 192.0.2.9 -InterfaceAlias lo'
            }
            $script = foreach ($key in $writes.Keys) {
                "'== $key whatif'; $($writes[$key]) -WhatIf; '== end'"
                if ($key -ne 'Remove-NetIPAddress') {
                    "'== $key write'; try { $($writes[$key]) -ErrorAction Stop; 'done' } catch { `$_.FullyQualifiedErrorId; `"`$(`$_.CategoryInfo.Category)`" }; '== end'"
                }
            }
            $said = Invoke-Nobody ($script -join "`n")
            $parts = @{}
            foreach ($line in $said) {
                if ($line.StartsWith('== ')) {
                    $part = $line.Substring(3).Trim()
                    $parts[$part] = @()
                }
                elseif ($line.Trim() -and $part) {
                    $parts[$part] += $line.Trim()
                }
            }
        }

        AfterAll {
            Remove-IfThere $name
        }

        It 'lists routes, addresses, adapters and namespaces' {
            $lines = Invoke-Nobody "(Get-NetAdapter lo).Name; (Get-NetIPAddress 127.0.0.1).IPAddress; @(Get-NetRoute).Count -ge 0; (Get-NetNamespace '$ns*').Name"
            $lines | Should -Be 'lo', '127.0.0.1', 'True', $ns
        }

        It '<_> -WhatIf says one line' -ForEach @(
            'New-NetNamespace', 'Remove-NetNamespace', 'New-EgressVeth', 'New-NetIPAddress', 'Remove-NetIPAddress'
            'New-NetRoute', 'Set-PointToPointGateway'
        ) {
            $parts["$_ whatif"] | Should -HaveCount 1 -Because "$($parts["$_ whatif"])"
            $parts["$_ whatif"][0] | Should -BeLike 'What if: *'
        }

        It '<_> says that it takes CAP_NET_ADMIN' -ForEach @(
            'New-NetNamespace', 'Remove-NetNamespace', 'New-EgressVeth', 'New-NetIPAddress', 'New-NetRoute'
            'Set-PointToPointGateway'
        ) {
            $parts["$_ write"] | Should -HaveCount 2 -Because "$($parts["$_ write"])"
            $parts["$_ write"][0] | Should -BeLike 'NetAdminRequired,EgressNet.Commands.*'
            $parts["$_ write"][1] | Should -Be 'PermissionDenied'
        }

        It 'refuses a namespace that may not be entered' {
            $lines = Invoke-Nobody "try { Get-NetAdapter -NetNamespace $ns -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId; `"`$_`" }"
            $lines[0] | Should -Be 'NetAdminRequired,EgressNet.Commands.GetNetAdapterCommand'
            "$lines" | Should -BeLike "*$ns*"
        }

        It 'has touched nothing' {
            Assert-Same $before (Get-Dump $ns)
            [System.IO.File]::Exists("/run/netns/$name") | Should -BeFalse
        }
    }
}
