BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Lifetime$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24'
        $module = (Get-Module EgressNet).Path

        function Wait-Until([scriptblock] $Condition) {
            $end = [datetime]::UtcNow.AddSeconds(10)
            while (-not (& $Condition)) {
                [datetime]::UtcNow | Should -BeLessThan $end -Because "it shall come to$Condition"
                Start-Sleep -Milliseconds 10
            }
        }
    }

    AfterAll {
        Remove-IfThere $ns
    }

    It 'stops a wait for duplicate address detection at once' {
        $null = ip netns exec $ns sysctl -q -w net.ipv6.conf.v0.dad_transmits=100
        $job = Start-ThreadJob {
            Import-Module $using:module
            New-NetIPAddress fd00::77/64 -InterfaceAlias v0 -NetNamespace $using:ns -WaitForDad
        }
        try {
            Wait-Until { (Get-RouteText $ns '-o -6 address show dev v0') -match 'fd00::77' }
            $job.State | Should -Be 'Running'
            (Measure-Command { $job | Stop-Job }).TotalSeconds | Should -BeLessThan 1
            $job.State | Should -Be 'Stopped'
            Wait-Until { -not ((Get-RouteText $ns '-o -6 address show dev v0') -match 'fd00::77') }
        }
        finally {
            $job | Remove-Job -Force
        }
    }

    It 'leaves no file open: <Name>' -ForEach @(
        @{ Name = 'reading'; Work = { $null = Get-NetRoute -NetNamespace $ns } }
        @{ Name = 'errors'; Work = {
                try { Get-NetRoute 203.0.113.0/24 -NetNamespace $ns -ErrorAction Stop } catch { $null }
                try { New-NetRoute 192.0.2.0/24 -InterfaceAlias v0 -NetNamespace $ns -ErrorAction Stop } catch { $null }
            }
        }
        @{ Name = 'pipelines broken off'; Work = {
                try { Get-NetRoute -NetNamespace $ns -RouteTable all | ForEach-Object { throw 'enough' } } catch { $null }
            }
        }
    ) {
        1..100 | ForEach-Object { & $Work }
        $before = (Get-ChildItem /proc/$PID/fd).Count
        1..200 | ForEach-Object { & $Work }
        (Get-ChildItem /proc/$PID/fd).Count | Should -BeLessOrEqual ($before + 3)
    }

    It 'leaves no thread in another namespace' {
        Get-NetRoute -NetNamespace $ns | Should -Not -BeNullOrEmpty
        Get-NetIPAddress -NetNamespace $ns | Should -Not -BeNullOrEmpty
        New-NetRoute 10.1.0.0/16 -InterfaceAlias v0 -NetNamespace $ns | Should -Not -BeNullOrEmpty
        Get-NetNamespace $ns | Should -Not -BeNullOrEmpty
        $own = (Get-Item /proc/self/ns/net).LinkTarget
        Wait-Until {
            -not (Get-Item /proc/$PID/task/*/ns/net -ErrorAction Ignore | Where-Object LinkTarget -NotIn $own, $null)
        }
    }
}
