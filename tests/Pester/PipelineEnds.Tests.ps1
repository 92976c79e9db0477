BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

# What was announced is done or told, however the pipeline ends.
Describe "Pipelines that end early$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1

        function Get-Made([string] $Query) {
            @(Invoke-Ip -n $ns -o -4 @($Query.Split(' ')) | ForEach-Object { ($_ -split '\s+' -like '10.*')[0] })
        }
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link
        $routes = 0..9 | ForEach-Object {
            [pscustomobject]@{ DestinationPrefix = "10.$_.0.0/16"; InterfaceAlias = 'v0'; NetNamespace = $ns }
        }
        $addresses = 0..9 | ForEach-Object {
            [pscustomobject]@{ IPAddress = "10.9.9.$_/32"; InterfaceAlias = 'v0'; NetNamespace = $ns }
        }
    }

    AfterEach {
        Remove-IfThere $ns
    }

    It 'adds the routes that came before upstream threw' {
        { 1..5 | ForEach-Object { if ($_ -eq 4) { throw 'upstream' }; $routes[$_] } | New-NetRoute } |
            Should -Throw 'upstream'
        Get-Made 'route show' | Should -Be '10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16'
    }

    It 'tells those that the kernel refused then' {
        Invoke-Ip -n $ns route add 10.2.0.0/16 dev v0
        $Error.Clear()
        { 1..5 | ForEach-Object { if ($_ -eq 4) { throw 'upstream' }; $routes[$_] } |
                New-NetRoute -ErrorAction SilentlyContinue } | Should -Throw 'upstream'
        Get-Made 'route show' | Should -Be '10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16'
        $told = @($Error | Where-Object FullyQualifiedErrorId -Like 'RouteAlreadyExists*')
        $told | Should -HaveCount 1
        "$($told.TargetObject)" | Should -Be '10.2.0.0/16'
    }

    It 'does what -Verbose says, one by one' {
        $seen = [System.Collections.Generic.List[string]]::new()
        1..3 | ForEach-Object { $routes[$_] } | New-NetRoute -Verbose 4>&1 | ForEach-Object {
            if ("$_" -like 'Performing*') {
                $seen.Add("$(Get-Made 'route show')")
            }
        }
        $seen | Should -Be '', '10.1.0.0/16', '10.1.0.0/16 10.2.0.0/16'
    }

    It 'removes the routes that came before upstream threw' {
        $made = @($routes | New-NetRoute)
        { 1..5 | ForEach-Object { if ($_ -eq 4) { throw 'upstream' }; $made[$_] } | Remove-NetRoute } |
            Should -Throw 'upstream'
        Get-Made 'route show' | Should -Be (@(0) + 4..9 | ForEach-Object { "10.$_.0.0/16" })
    }

    It 'adds the addresses that came before upstream threw' {
        { 1..5 | ForEach-Object { if ($_ -eq 4) { throw 'upstream' }; $addresses[$_] } | New-NetIPAddress } |
            Should -Throw 'upstream'
        Get-Made 'address show dev v0' | Should -Be '10.9.9.1/32', '10.9.9.2/32', '10.9.9.3/32'
    }

    It 'removes the primary address that came before upstream threw' {
        '10.7.0.1/24', '10.7.0.2/24' | ForEach-Object { Invoke-Ip -n $ns address add $_ dev v0 }
        $both = @(Get-NetIPAddress 10.7.0.* -NetNamespace $ns)
        { $both | ForEach-Object { $_; if ($_.IPAddress -eq '10.7.0.2') { throw 'upstream' } } |
                Remove-NetIPAddress } | Should -Throw 'upstream'
        Get-Made 'address show dev v0' | Should -BeNullOrEmpty
    }

    It 'reports errors after the first object of Select-Object' {
        Invoke-Ip -n $ns route add 10.5.0.0/16 dev v0
        $Error.Clear()
        $first = $routes | New-NetRoute -ErrorAction SilentlyContinue | Select-Object -First 1
        "$first" | Should -Be '10.0.0.0/16'
        Get-Made 'route show' | Should -HaveCount 10
        @($Error | Where-Object FullyQualifiedErrorId -Like 'RouteAlreadyExists*') | Should -HaveCount 1
    }

    It 'adds batches queued after the first object of Select-Object' {
        $waiting = 1..300 | ForEach-Object {
            [pscustomobject]@{ DestinationPrefix = "10.7.$($_ % 250).$($_ -gt 249 ? 1 : 0)/32"; NextHop = '192.0.2.9' }
        }
        $null = $waiting + [pscustomobject]@{ DestinationPrefix = '192.0.2.0/24'; InterfaceAlias = 'v0' } |
            New-NetRoute -NetNamespace $ns | Select-Object -First 2
        Get-Made 'route show' | Where-Object { $_ } | Should -HaveCount 300
    }

    It 'adds those queued after a failure with -ErrorAction Stop' {
        $waiting = '10.1.0.0/16', '10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16' | ForEach-Object {
            [pscustomobject]@{ DestinationPrefix = $_; NextHop = '192.0.2.9' }
        }
        { $waiting + [pscustomobject]@{ DestinationPrefix = '192.0.2.0/24'; InterfaceAlias = 'v0' } |
                New-NetRoute -NetNamespace $ns -ErrorAction Stop } | Should -Throw -ErrorId 'RouteAlreadyExists,*'
        Get-Made 'route show' | Where-Object { $_ } | Should -Be '10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16'
    }

    It 'adds each address once if one fails with -ErrorAction Stop' {
        1..5 | ForEach-Object { Invoke-Ip -n $ns address add "fd00:2::$_/64" dev v0 nodad }
        $saved = Get-NetIPAddress fd00:2::* -NetNamespace $ns
        $saved | Remove-NetIPAddress
        Invoke-Ip -n $ns address add fd00:2::3/64 dev v0 nodad
        $Error.Clear()
        { $saved | New-NetIPAddress -ErrorAction Stop } | Should -Throw -ErrorId 'AddressAlreadyExists,*'
        ($Error | Where-Object FullyQualifiedErrorId -Like 'AddressAlreadyExists*').TargetObject.IPAddress |
            Select-Object -Unique | Should -Be 'fd00:2::3'
        @(Get-NetIPAddress fd00:2::* -NetNamespace $ns) | Should -HaveCount 5
    }

    It 'tells in $Error of secondary addresses that go after the end' {
        '10.7.0.1/24', '10.7.0.2/24', '10.8.0.1/24' | ForEach-Object { Invoke-Ip -n $ns address add $_ dev v0 }
        $read = @(Get-NetIPAddress 10.7.0.1, 10.8.0.1 -NetNamespace $ns)
        $Error.Clear()
        $null = $read | Remove-NetIPAddress -PassThru | Select-Object -First 1
        "$($Error | Where-Object FullyQualifiedErrorId -Like 'AddressHasSecondaries*')" | Should -BeLike '*10.7.0.2/24*'
    }

    It 'tells a stop from a detection that takes too long' {
        $module = "$((Get-Module -Name EgressNet).ModuleBase)/EgressNet.psd1"
        Invoke-Ip netns exec $ns sh -c 'echo 50 > /proc/sys/net/ipv6/conf/v0/dad_transmits'
        $reached = [System.Threading.ManualResetEventSlim]::new()
        $session = [powershell]::Create()
        $null = $session.AddScript({
                param($Module, $Namespace, $Reached)
                Import-Module $Module
                & { '192.0.2.7/32', 'fd00:2::7/64'; $Reached.Set(); Start-Sleep 60 } |
                    ForEach-Object { [pscustomobject]@{ IPAddress = $_ } } |
                    New-NetIPAddress -InterfaceAlias v0 -NetNamespace $Namespace -WaitForDad
            }).AddArgument($module).AddArgument($ns).AddArgument($reached)
        $null = $session.BeginInvoke()
        $reached.Wait(30000) | Should -BeTrue
        $session.Stop()
        $told = @($session.Runspace.SessionStateProxy.GetVariable('Error') |
                Where-Object FullyQualifiedErrorId -Like 'AddressTentative*')
        $session.Dispose()
        "$told" | Should -BeLike 'The stop came before*fd00:2::7/64*'
    }

    It 'adds what came before a stop: <Name>' -ForEach @(
        @{ Name = 'routes'; Command = 'New-NetRoute'; Items = 'routes'; Query = 'route show' }
        @{ Name = 'addresses'; Command = 'New-NetIPAddress'; Items = 'addresses'; Query = 'address show dev v0' }
    ) {
        $module = "$((Get-Module -Name EgressNet).ModuleBase)/EgressNet.psd1"
        $reached = [System.Threading.ManualResetEventSlim]::new()
        $session = [powershell]::Create()
        $null = $session.AddScript({
                param($Module, $Command, $Items, $Reached)
                Import-Module $Module
                & { $Items; $Reached.Set(); Start-Sleep 60 } | & $Command
            }).AddArgument($module).AddArgument($Command).AddArgument((Get-Variable $Items -ValueOnly)).AddArgument($reached)
        $running = $session.BeginInvoke()
        $reached.Wait(30000) | Should -BeTrue
        $null = $session.BeginStop($null, $null)
        $session.Dispose()
        for ($i = 0; $i -lt 1300 -and (Get-Made $Query).Count -lt 10; $i++) {
            Start-Sleep -Milliseconds 50
        }

        Get-Made $Query | Should -HaveCount 10
        $null = $running
    }
}
