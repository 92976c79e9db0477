BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Put back$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Shapes.ps1
    }

    AfterEach {
        Remove-IfThere $ns, $other
    }

    Context 'routes' {
        BeforeEach {
            $ns = Get-Site
            $other = $null
            Add-SiteAddress $ns
            $taken = Add-Shape $ns route $RouteShapes
            $taken | Should -BeGreaterOrEqual 60
            $before = @(Get-Shape $ns 'route show table all')
            # Nobody but the kernel can make an IPv6 route of metric 0.
            $saved = @(Get-NetRoute -RouteTable all -NetNamespace $ns |
                    Where-Object { -not ($_.AddressFamily -eq 'IPv6' -and $_.RouteMetric -eq 0) })
        }

        It 'loses nothing' {
            $saved | Remove-NetRoute
            @(Get-NetRoute -RouteTable all -NetNamespace $ns | Where-Object RouteMetric) | Should -HaveCount 0
            @($saved | New-NetRoute) | Should -HaveCount $saved.Count
            Assert-Shape $before (Get-Shape $ns 'route show table all')
            (Get-Shape $ns 'route show table all') -join "`n" | Should -BeExactly ($before -join "`n")
        }

        It 'loses nothing in the order of draw <_>' -ForEach 1, 2, 3 {
            Get-Shuffled $saved $_ | Remove-NetRoute
            @(Get-NetRoute -RouteTable all -NetNamespace $ns | Where-Object RouteMetric) | Should -HaveCount 0
            $null = Get-Shuffled $saved (100 + $_) | New-NetRoute
            Assert-Shape $before (Get-Shape $ns 'route show table all')
        }

        It 'copies all to another namespace' {
            $other = Get-Site
            Add-SiteAddress $other
            Get-NetRoute -RouteTable all -NetNamespace $ns | New-NetRoute -NetNamespace $other | Should -Not -BeNullOrEmpty
            Assert-Shape $before (Get-Shape $other 'route show table all')
        }

        It 'is an error for each that is there, but for the kernel''s own' {
            $all = @(Get-NetRoute -RouteTable all -NetNamespace $ns)
            $own = @($all | Where-Object Protocol -EQ Kernel)
            $said = $all | New-NetRoute -Verbose -ErrorAction SilentlyContinue -ErrorVariable fault 4>&1
            $fault.FullyQualifiedErrorId | Select-Object -Unique | Should -BeLike 'RouteAlreadyExists,*'
            $fault | Should -HaveCount ($all.Count - $own.Count)
            @($said -like '*the kernel''s own') | Should -HaveCount $own.Count
            Assert-Shape $before (Get-Shape $ns 'route show table all')
        }
    }

    Context 'addresses' {
        BeforeEach {
            $ns = Get-Site
            $other = $null
            Add-Shape $ns address $AddressShapes | Should -BeGreaterOrEqual 30
            for ($i = 0; $i -lt 200 -and (Invoke-Ip -n $ns -6 -o address show tentative); $i++) {
                Start-Sleep -Milliseconds 50
            }

            $before = @(Get-Shape $ns 'address show')
            $saved = @(Get-NetIPAddress -NetNamespace $ns)
        }

        It 'loses nothing, and keeps the order' {
            $saved | Remove-NetIPAddress
            Get-Shape $ns 'address show' | Should -BeNullOrEmpty
            $made = $saved | New-NetIPAddress
            "$($made.IPAddress)" | Should -BeExactly "$($saved.IPAddress)"
            Assert-Shape $before (Get-Shape $ns 'address show')
            (Get-Shape $ns 'address show') -join "`n" | Should -BeExactly ($before -join "`n")
        }

        It 'loses nothing in the order of draw <_>' -ForEach 1, 2 {
            Get-Shuffled $saved $_ | Remove-NetIPAddress
            Get-Shape $ns 'address show' | Should -BeNullOrEmpty
            $null = Get-Shuffled $saved (100 + $_) | New-NetIPAddress
            Assert-Shape $before (Get-Shape $ns 'address show')
        }

        It 'copies all to another namespace beside the kernel''s own' {
            $other = Get-Site
            $made = $saved | New-NetIPAddress -NetNamespace $other -Verbose 4>&1
            @($made -like '*the kernel''s own') | Should -HaveCount 2 -Because 'lo has 127.0.0.1 and ::1'
            Assert-Shape $before (Get-Shape $other 'address show')
        }
    }

    It 'restores the routes of two pairs that are up and a default' {
        $ns = Get-FreshNamespace -Link
        $other = $null
        'link add d0 type veth peer name d1', 'link set d0 up', 'link set d1 up', 'link set v0 down',
        'link set v0 addrgenmode eui64 up', 'link set v1 down', 'link set v1 addrgenmode eui64 up',
        'address add 10.0.0.2/24 dev d0', 'route add default via 10.0.0.1' | Invoke-Ip -n $ns -batch -
        for ($i = 0; $i -lt 200 -and @(Invoke-Ip -n $ns -6 -o address show scope link -tentative).Count -lt 4; $i++) {
            Start-Sleep -Milliseconds 50
        }

        Invoke-Ip -n $ns -6 route show fe80::/64 | Should -HaveCount 4

        $before = @(Get-Shape $ns 'route show table all')
        $saved = Get-NetRoute -NetNamespace $ns
        $saved | Remove-NetRoute
        $saved | New-NetRoute | Should -HaveCount @($saved).Count
        Assert-Shape $before (Get-Shape $ns 'route show table all')
    }

    It 'keeps routes of one key in order, even if the first waits' {
        $ns = Get-FreshNamespace -Link -Address 192.0.2.1/24
        $other = $null
        'route add 10.5.0.0/16 via 192.0.2.9', 'route append 10.5.0.0/16 dev v1' | Invoke-Ip -n $ns -batch -
        $saved = Get-NetRoute -NetNamespace $ns | Sort-Object { $_.DestinationPrefix -eq '192.0.2.0/24' } -Stable
        $before = Get-RouteText $ns
        $saved | Remove-NetRoute
        $null = $saved | New-NetRoute
        Get-RouteText $ns | Should -BeExactly $before
    }

    It 'keeps it the first where others come between' {
        $ns = Get-FreshNamespace -Link -Address 192.0.2.1/24
        $other = $null
        'route add 10.5.0.0/16 via 192.0.2.9', 'route append 10.5.0.0/16 dev v1' | Invoke-Ip -n $ns -batch -
        $before = Get-RouteText $ns
        $saved = Get-NetRoute -NetNamespace $ns | Sort-Object InterfaceAlias, DestinationPrefix
        $saved | Remove-NetRoute
        $null = $saved | New-NetRoute
        Get-RouteText $ns | Should -BeExactly $before
    }

    It 'tries a new route again once its gateway can be reached' {
        $ns = Get-FreshNamespace -Link
        $other = $null
        $made = @(
            [pscustomobject]@{ DestinationPrefix = '10.1.0.0/16'; NextHop = '10.2.0.1' }
            [pscustomobject]@{ DestinationPrefix = '10.3.0.0/16'; NextHop = '10.9.0.1' }
            [pscustomobject]@{ DestinationPrefix = '10.2.0.0/24'; NextHop = '0.0.0.0' }
        ) | New-NetRoute -InterfaceAlias v0 -NetNamespace $ns -ErrorAction SilentlyContinue -ErrorVariable fault
        $made.DestinationPrefix | Should -Be '10.2.0.0/24', '10.1.0.0/16'
        $fault | Should -HaveCount 1
        $fault.FullyQualifiedErrorId | Should -BeLike 'NextHopUnreachable,*'
        "$($fault.TargetObject)" | Should -Be '10.3.0.0/16'
    }
}
