BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

# Which route gives way to New-NetRoute -Force.
Describe "New-NetRoute -Force$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1

        function Get-Words([string] $Prefix) {
            $family = $Prefix.Contains(':') ? '-6' : '-4'
            (Invoke-Ip -n $ns $family route show $Prefix | ForEach-Object { $_.Trim() -replace ' +', ' ' }) -join '|'
        }
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link -Address '192.0.2.1/24', 'fd00:2::1/64'
        $given = @{ NetNamespace = $ns; Force = $true }
    }

    AfterEach {
        Remove-IfThere $ns
    }

    It 'replaces the route out of its interface: <Prefix>' -ForEach @(
        @{ Prefix = 'fd78::/64' }
        @{ Prefix = '10.78.0.0/16' }
    ) {
        Invoke-Ip -n $ns route add $Prefix dev v0
        Invoke-Ip -n $ns route append $Prefix dev v1
        $made = New-NetRoute $Prefix -InterfaceAlias v1 -Mtu 1400 @given
        "$($made.InterfaceAlias) $($made.Mtu)" | Should -Be 'v1 1400'
        Get-Words $Prefix | Should -Match '^\S+ dev v0 [^|]*\|\S+ dev v1 [^|]*mtu 1400[^|]*$'
        Get-Words $Prefix | Should -Not -Match 'dev v0[^|]*mtu'
        $made = New-NetRoute $Prefix -InterfaceAlias v0 -Mtu 1300 @given
        Get-Words $Prefix | Should -Match '^\S+ dev v0 [^|]*mtu 1300[^|]*\|\S+ dev v1 [^|]*mtu 1400[^|]*$'
    }

    It 'refuses to replace a route of another interface: <Prefix>' -ForEach @(
        @{ Prefix = 'fd78::/64' }
        @{ Prefix = '10.78.0.0/16' }
    ) {
        Invoke-Ip -n $ns route add $Prefix dev v0
        $before = Get-Words $Prefix
        { New-NetRoute $Prefix -InterfaceAlias v1 @given -ErrorAction Stop } |
            Should -Throw -ErrorId 'RouteAmbiguous,*'
        Get-Words $Prefix | Should -BeExactly $before
    }

    It 'refuses where two give way' {
        Invoke-Ip -n $ns route add 10.78.0.0/16 dev v0
        Invoke-Ip -n $ns route append 10.78.0.0/16 dev v0 src 192.0.2.1
        $before = Get-Words '10.78.0.0/16'
        { New-NetRoute 10.78.0.0/16 -InterfaceAlias v0 -Mtu 1400 @given -ErrorAction Stop } |
            Should -Throw -ErrorId 'RouteAmbiguous,*'
        Get-Words '10.78.0.0/16' | Should -BeExactly $before
    }

    It 'puts back all routes of one key out of one interface' {
        'route add 10.78.0.0/16 via 192.0.2.8', 'route append 10.78.0.0/16 via 192.0.2.9' | Invoke-Ip -n $ns -batch -
        $before = Get-Words '10.78.0.0/16'
        $saved = Get-NetRoute 10.78.0.0/16 -NetNamespace $ns
        1, 2 | ForEach-Object {
            $saved | New-NetRoute -Force -ErrorAction Stop | Should -HaveCount 2
            Get-Words '10.78.0.0/16' | Should -BeExactly $before
            $saved | Remove-NetRoute
        }

        $saved | New-NetRoute -Force -Verbose 4>$null | Should -HaveCount 2
        Get-Words '10.78.0.0/16' | Should -BeExactly $before
    }

    It 'writes <Count> that go while they are put back' -ForEach @(
        @{ Count = 250; More = @{} }
        @{ Count = 3; More = @{ ErrorAction = 'Stop' } }
    ) {
        1..$Count | ForEach-Object { "route add 10.4.$_.0/24 dev v0" } | Invoke-Ip -n $ns -batch -
        Get-NetRoute 10.4.* -NetNamespace $ns | Remove-NetRoute -PassThru @More | New-NetRoute -Force @More |
            Should -HaveCount $Count
        @(Invoke-Ip -n $ns route show root 10.4.0.0/16) | Should -HaveCount $Count
    }

    It 'is no error for what is there as asked: <Prefix>' -ForEach @(
        @{ Prefix = 'fd78::/64' }
        @{ Prefix = '10.78.0.0/16' }
    ) {
        $null = New-NetRoute $Prefix -InterfaceAlias v0 -NetNamespace $ns
        Invoke-Ip -n $ns route append $Prefix dev v1
        $before = Get-Words $Prefix
        (New-NetRoute $Prefix -InterfaceAlias v1 @given -Protocol Boot -ErrorAction Stop).InterfaceAlias |
            Should -Be 'v1'
        (New-NetRoute $Prefix -InterfaceAlias v0 @given -ErrorAction Stop).InterfaceAlias | Should -Be 'v0'
        Get-Words $Prefix | Should -BeExactly $before
    }

    It 'replaces the only route of the key if no interface is named' {
        Invoke-Ip -n $ns route add 10.78.0.0/16 dev v1
        (New-NetRoute 10.78.0.0/16 -NextHop 192.0.2.9 @given).NextHop | Should -Be '192.0.2.9'
        Get-Words '10.78.0.0/16' | Should -Be '10.78.0.0/16 via 192.0.2.9 dev v0'
        (New-NetRoute 10.78.0.0/16 -RouteType Blackhole @given).RouteType | Should -Be 'Blackhole'
        Get-Words '10.78.0.0/16' | Should -Be 'blackhole 10.78.0.0/16'
    }

    It 'replaces the matching IPv6 route, not the kernel''s choice' {
        Invoke-Ip -n $ns route add fd78::/64 via fd00:2::9 dev v0
        Invoke-Ip -n $ns route append fd78::/64 dev v1
        $null = New-NetRoute fd78::/64 -InterfaceAlias v0 -Mtu 1400 @given
        Get-Words 'fd78::/64' | Should -Not -Match 'via'
        Get-Words 'fd78::/64' | Should -Match 'dev v0[^|]*mtu 1400'
        Get-Words 'fd78::/64' | Should -Match 'dev v1'
    }
}
