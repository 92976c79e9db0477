BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

# What waits for the pipeline's end waits in each namespace, in whatever order their objects come.
Describe "Objects of several namespaces in one pipeline$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1

        function Get-AddressText([string] $Namespace) {
            (Invoke-Ip -n $Namespace -o address show dev v0 scope global |
                    ForEach-Object { ($_ -split '\s+')[3] }) -join ' '
        }
    }

    AfterEach {
        Remove-IfThere $all
    }

    It 'puts back the routes of <_>' -ForEach 2, 18 {
        $all = 1..$_ | ForEach-Object { Get-FreshNamespace -Link -Address 192.0.2.1/24 }
        $all | ForEach-Object {
            'route add default via 192.0.2.9', 'route add 10.5.0.0/16 via 192.0.2.9',
            'route append 10.5.0.0/16 dev v1' | Invoke-Ip -n $_ -batch -
        }
        $before = $all | ForEach-Object { (Get-RouteText $_) -join "`n" }
        $saved = $all | ForEach-Object { Get-NetRoute -AddressFamily IPv4 -NetNamespace $_ } |
            Sort-Object DestinationPrefix -Stable
        $saved | Remove-NetRoute
        $all | ForEach-Object { Get-RouteText $_ } | Should -BeNullOrEmpty
        @($saved | New-NetRoute -ErrorAction Stop) | Should -HaveCount (4 * $all.Count)
        $all | ForEach-Object { (Get-RouteText $_) -join "`n" } | Should -BeExactly $before
    }

    It 'restores the addresses of <_>, also secondary and IPv6 ones' -ForEach 2, 18 {
        $all = 1..$_ | ForEach-Object {
            Get-FreshNamespace -Link -Address 192.0.2.1/24, 192.0.2.2/24, 192.0.2.3/24, fd00:2::1/64, fd00:2::2/64
        }
        $before = $all | ForEach-Object { Get-AddressText $_ }
        $saved = @($all | ForEach-Object { Get-NetIPAddress -InterfaceAlias v0 -NetNamespace $_ } |
                Sort-Object IPAddress)
        $saved | Remove-NetIPAddress -WarningVariable warned -ErrorAction Stop
        $warned | Should -BeNullOrEmpty
        $all | ForEach-Object { Get-AddressText $_ } | Should -BeExactly @($all | ForEach-Object { '' })
        $listed = @($all | ForEach-Object { $name = $_; $saved | Where-Object NetNamespace -EQ $name })
        $null = $saved | Sort-Object { -[array]::IndexOf($listed, $_) } | New-NetIPAddress -ErrorAction SilentlyContinue
        $all | ForEach-Object { ((Get-AddressText $_) -split ' ' | Sort-Object) -join ' ' } |
            Should -BeExactly ($before | ForEach-Object { ($_ -split ' ' | Sort-Object) -join ' ' })
        $all | ForEach-Object { (Invoke-Ip -n $_ -o address show dev v0 primary) -match '192\.0\.2\.1/24' } |
            Should -HaveCount $all.Count
    }

    It 'keeps what -Confirm was answered no to, in each' {
        $all = 1, 2 | ForEach-Object { Get-FreshNamespace -Link -Address 192.0.2.1/24, 192.0.2.2/24 }
        $before = $all | ForEach-Object { Get-AddressText $_ }
        $module = "$((Get-Module -Name EgressNet).ModuleBase)/EgressNet.psd1"
        $script = "Import-Module '$module'; '$($all -join "','")' | ForEach-Object { Get-NetIPAddress 192.0.2.* -NetNamespace `$_ } | " +
            'Sort-Object IPAddress | Remove-NetIPAddress -Confirm -ErrorVariable fault -ErrorAction SilentlyContinue; ' +
            '$fault.FullyQualifiedErrorId'
        $pwsh = $env:DOTNET_ROOT ? @("$env:DOTNET_ROOT/dotnet", "$PSHOME/pwsh.dll") : @("$PSHOME/pwsh")
        $said = 'y', 'y', 'n', 'n' | & $pwsh[0] @($pwsh | Select-Object -Skip 1) -NoProfile -Command $script
        @($said -like 'AddressHasSecondaries,*') | Should -HaveCount 2
        $all | ForEach-Object { Get-AddressText $_ } | Should -BeExactly $before
    }

    It 'gathers under one namespace what is named by two paths' {
        $all = Get-FreshNamespace -Link -Address 192.0.2.1/24, 192.0.2.2/24
        $process = Start-Process ip -ArgumentList netns, exec, $all, sleep, 60 -PassThru
        for ($i = 0; $i -lt 200 -and -not (Invoke-Ip netns pids $all); $i++) {
            Start-Sleep -Milliseconds 20
        }

        $read = 'pid', $all | ForEach-Object {
            Get-NetIPAddress 192.0.2.* -NetNamespace ($_ -eq 'pid' ? "/proc/$($process.Id)/ns/net" : $_)
        }
        $read[0], $read[3] | Remove-NetIPAddress -WarningVariable warned -ErrorAction Stop
        Stop-Process $process
        $warned | Should -BeNullOrEmpty
        Get-AddressText $all | Should -BeNullOrEmpty
    }

    It 'does what is announced of the next where one fails: <_>' -ForEach 'Stop', 'SilentlyContinue' {
        $all = 1, 2 | ForEach-Object { Get-FreshNamespace -Link -Address 192.0.2.1/24 }
        $routes = @(
            [pscustomobject]@{ DestinationPrefix = '10.9.0.0/24'; NextHop = '10.77.0.1'; NetNamespace = $all[0] }
            [pscustomobject]@{ DestinationPrefix = '10.9.0.0/24'; NextHop = '192.0.2.9'; NetNamespace = $all[1] }
        )
        try {
            $null = $routes | New-NetRoute -ErrorAction $_
        }
        catch {
            $_.FullyQualifiedErrorId | Should -BeLike 'NextHopUnreachable,*'
        }

        Get-RouteText $all[1] '-4 route show 10.9.0.0/24' | Should -HaveCount 1
    }

    It 'completes each batch when Select-Object stops it: <Name>' -ForEach @(
        @{ Name = 'New-NetRoute' }
        @{ Name = 'New-NetIPAddress' }
        @{ Name = 'Remove-NetRoute' }
    ) {
        $all = 1, 2 | ForEach-Object { Get-FreshNamespace -Link -Address 192.0.2.1/24 }
        $query = '-4 route show 10.9.0.0/24'
        $count = $Name -like 'Remove*' ? 0 : 1
        switch ($Name) {
            'New-NetRoute' {
                $null = $all | ForEach-Object {
                    [pscustomobject]@{ DestinationPrefix = '10.9.0.0/24'; InterfaceAlias = 'v0'; NetNamespace = $_ }
                } | New-NetRoute | Select-Object -First 1
            }
            'New-NetIPAddress' {
                $null = $all | ForEach-Object {
                    [pscustomobject]@{ IPAddress = '10.9.0.1/24'; InterfaceAlias = 'v0'; NetNamespace = $_ }
                } | New-NetIPAddress | Select-Object -First 1
            }
            'Remove-NetRoute' {
                $all | ForEach-Object { Invoke-Ip -n $_ route add 10.9.0.0/24 dev v0 }
                $read = @($all | ForEach-Object { Get-NetRoute 10.9.0.0/24 -NetNamespace $_ })
                $null = $read | Remove-NetRoute -PassThru | Select-Object -First 1
            }
        }

        $all | ForEach-Object { @(Get-RouteText $_ $query).Count } | Should -Be $count, $count
    }
}
